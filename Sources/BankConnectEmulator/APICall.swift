import HTTPTypes

/// The calls of the API that are documented and that the emulator has.
enum APICall: Sendable, Equatable {
    /// Registers a webhook.
    case update(Flow)
    /// Lists what was supposed to be delivered for a link.
    case payloads
    /// Tells how far the statements of an entity have come.
    case transactions(entityID: String)

    private static let entities = "/bank-connect/v1/entity/"
    private static let suffix = "/transactions/"

    /// The call of a path, exactly as written.
    init?(path: String) {
        if let flow = Flow(updatePath: path) {
            self = .update(flow)
        } else if path == APICall.entities + "webhook_payloads/" {
            self = .payloads
        } else if path.hasPrefix(APICall.entities), path.hasSuffix(APICall.suffix),
            path.utf8.count > APICall.entities.utf8.count + APICall.suffix.utf8.count,
            case let id = path.dropFirst(APICall.entities.count).dropLast(APICall.suffix.count),
            !id.contains("/"), let decoded = FormText.decoded(id)
        {
            self = .transactions(entityID: decoded)
        } else {
            return nil
        }
    }

    /// The flow in whose manner it answers.
    var flow: Flow {
        switch self {
        case .update(let flow): flow
        case .payloads, .transactions: .entity
        }
    }

    /// The methods it has.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .update: [.post]
        case .payloads, .transactions: [.get, .head]
        }
    }
}
