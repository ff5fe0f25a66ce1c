import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A webhook endpoint of the tests' own.
final class Receiver: Sendable {
    /// A call as it came in.
    struct Call: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let headers: HTTPFields
        let body: String
    }

    private struct State {
        var calls: [Call] = []
        var current = 0
        var most = 0
    }

    private let state = Mutex(State())
    private let answer: @Sendable (Call) async throws -> Response

    private init(_ answer: @escaping @Sendable (Call) async throws -> Response) {
        self.answer = answer
    }

    /// The calls in order of arrival.
    var calls: [Call] { state.withLock(\.calls) }

    /// How many calls were under way at the same time, at most.
    var mostAtOnce: Int { state.withLock(\.most) }

    /// Gives a body an endpoint and its base URL, on a free port for as long as it takes.
    static func with(
        _ answer: @escaping @Sendable (Call) async throws -> Response = { _ in
            Response(status: .ok)
        },
        _ body: @escaping @Sendable (Receiver, String) async throws -> Void
    ) async throws {
        let receiver = Receiver(answer)
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                try await receiver.take(request)
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { listening.yield($0.localAddress?.port ?? 0) }, logger: quietLogger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(receiver, "http://127.0.0.1:\(port)")
                break
            }
            group.cancelAll()
            // It ends because it was told to.
            try? await group.waitForAll()
        }
    }

    private func take(_ request: Request) async throws -> Response {
        let buffer = try await request.body.collect(upTo: 1 << 20)
        let call = Call(
            method: request.method, path: request.head.path ?? "", headers: request.headers,
            body: String(buffer: buffer))
        state.withLock { state in
            state.calls.append(call)
            state.current += 1
            state.most = max(state.most, state.current)
        }
        defer { state.withLock { $0.current -= 1 } }
        return try await answer(call)
    }
}
