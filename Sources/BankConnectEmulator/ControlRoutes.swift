import FoundationEssentials
import HTTPTypes

/// The emulator's own pages, `/_emulator/…`: what it saw, and the faults to come.
struct ControlRoutes: Sendable {
    private let state: EmulatorState
    private let guardian: ControlGuard

    /// What section 9 of the specification promises and this version does not have.
    private static let unsupported: Set<String> = ["", "/", "/events", "/deliveries"]
    private static let prefix = "/_emulator"

    /// Shows and sets the given state to whom the guard lets in.
    init(state: EmulatorState, guardian: ControlGuard) {
        self.state = state
        self.guardian = guardian
    }

    /// Whether a path is one of the emulator's own.
    static func own(path: String) -> Bool {
        path == prefix || path.hasPrefix(prefix + "/")
    }

    /// Answers a call to one of the emulator's own pages.
    func answer(_ request: ReceivedRequest) -> Answer {
        if let refusal = guardian.refusal(of: request) { return refusal }
        let page = String(request.path.dropFirst(ControlRoutes.prefix.count))
        switch (page, request.method) {
        case ("/registrations", .get), ("/registrations", .head): return registrations
        case ("/requests", .get), ("/requests", .head): return requests
        case ("/faults", .get), ("/faults", .head): return faults
        case ("/faults", .put): return replaceFaults(request)
        case ("/registrations", _), ("/requests", _): return .notAllowed("GET, HEAD")
        case ("/faults", _): return .notAllowed("GET, HEAD, PUT")
        case (let page, _) where ControlRoutes.unsupported.contains(page):
            return .error(.notFound, "\(request.path) is not supported in this version")
        default: return .error(.notFound, "there is no such page")
        }
    }

    private var registrations: Answer {
        Answer(
            .ok,
            .array(
                state.registrations.map { account, flow, registration in
                    .object([
                        "account": .string(account),
                        "flow": .string(flow.rawValue),
                        "webhook_url": .string(registration.webhookURL),
                        "webhook_mode": .integer(registration.webhookMode),
                        "updated_at": .string(registration.updatedAt.formatted(.iso8601)),
                    ])
                }))
    }

    private var requests: Answer {
        Answer(
            .ok,
            .array(
                state.requests.map { record in
                    .object([
                        "at": .string(record.at.formatted(.iso8601)),
                        "method": .string(record.method),
                        "path": .string(record.path),
                        "account": record.account.map(JSON.string) ?? .null,
                        "body": record.body ?? .null,
                        "status": record.status.map(JSON.integer) ?? .null,
                    ])
                }))
    }

    private var faults: Answer {
        Answer(.ok, .array(state.faults.map(\.json)))
    }

    private func replaceFaults(_ request: ReceivedRequest) -> Answer {
        if case .tooLarge = request.body {
            return .error(.contentTooLarge, "the body is too large")
        }
        do throws(FaultError) {
            state.faults = try Fault.list(request.json)
            return faults
        } catch {
            return .error(.badRequest, error.message)
        }
    }
}
