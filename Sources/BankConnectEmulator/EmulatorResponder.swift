import Hummingbird
internal import LocalServer

/// Sends each call to the API or to the emulator's own pages.
struct EmulatorResponder: HTTPResponder {
    /// The part that stands for BankConnect.
    let api: APIRoutes
    /// The emulator's own pages.
    let control: ControlRoutes

    /// Reads the call and answers it; a fault's reset throws instead.
    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let received = try await ReceivedRequest(request)
        let answer =
            ControlRoutes.own(path: received.path)
            ? await control.answer(received)
            : try await api.answer(received, on: context.channel)
        return answer.response(to: received.method)
    }
}
