internal import Hummingbird

/// Remembers the connection of each request before another responder answers it.
struct NotingResponder<Responder: HTTPResponder>: HTTPResponder
where Responder.Context == ConnectionContext {
    let responder: Responder
    let connections: OpenConnections

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        connections.note(context.channel)
        return try await responder.respond(to: request, context: context)
    }
}
