import FoundationEssentials
import HTTPTypes

/// The emulator's own pages, `/_emulator/…`: what it saw, and the faults to come.
struct ControlRoutes: Sendable {
    private let state: EmulatorState
    private let events: EventRoutes
    private let guardian: ControlGuard

    private static let prefix = "/_emulator"
    /// No page of another origin can embed what is here, and nothing keeps it.
    private static let headers: HTTPFields = {
        var headers: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
        for (name, value) in [
            ("cross-origin-resource-policy", "same-origin"), ("referrer-policy", "no-referrer"),
        ] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }()

    /// Shows and sets the given state to whom the guard lets in.
    init(state: EmulatorState, events: EventRoutes, guardian: ControlGuard) {
        self.state = state
        self.events = events
        self.guardian = guardian
    }

    /// Whether a path is one of the emulator's own.
    static func own(path: String) -> Bool {
        path == prefix || path.hasPrefix(prefix + "/")
    }

    /// Answers a call to one of the emulator's own pages.
    func answer(_ request: ReceivedRequest) async -> Answer {
        if let refusal = guardian.refusal(of: request) { return refusal }
        var answer = await page(request)
        for field in ControlRoutes.headers { answer.headers[field.name] = field.value }
        return answer
    }

    private func page(_ request: ReceivedRequest) async -> Answer {
        let page = String(request.path.dropFirst(ControlRoutes.prefix.count))
        switch (page, request.method) {
        case ("", .get), ("", .head), ("/", .get), ("/", .head): return statusPage
        case ("", _), ("/", _): return .notAllowed("GET, HEAD")
        case ("/registrations", .get), ("/registrations", .head): return registrations
        case ("/requests", .get), ("/requests", .head): return requests
        case ("/faults", .get), ("/faults", .head): return faults
        case ("/faults", .put): return replaceFaults(request)
        case ("/deliveries", .get), ("/deliveries", .head): return deliveries
        case ("/events", .post): return await events.answer(request)
        case ("/registrations", _), ("/requests", _), ("/deliveries", _):
            return .notAllowed("GET, HEAD")
        case ("/events", _): return .notAllowed("POST")
        case ("/faults", _): return .notAllowed("GET, HEAD, PUT")
        default: return .error(.notFound, "there is no such page")
        }
    }

    private var statusPage: Answer {
        var answer = Answer(
            html: StatusPage(
                registrations: state.registrations, recent: state.newest(StatusPage.limit),
                faults: state.faults
            ).text)
        answer.headers[.contentSecurityPolicy] = StatusPage.policy
        return answer
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

    private var deliveries: Answer {
        Answer(.ok, .array(state.deliveries.map(\.json)))
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
