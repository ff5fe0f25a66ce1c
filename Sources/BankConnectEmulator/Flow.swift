/// The two products of BankConnect that keep a webhook each, with a call of their own.
enum Flow: String, Sendable, CaseIterable {
    case entity, session

    /// The path of its update call, which ends in a slash.
    var updatePath: String {
        switch self {
        case .entity: "/bank-connect/v1/entity/update_webhook/"
        case .session: "/bank-connect/v1/session_data/update_webhook/"
        }
    }

    /// The values of `webhook_mode` that the vendor's pages show for it.
    var webhookModes: [Int] {
        switch self {
        case .entity: [0, 1]
        case .session: [0, 1, 3]
        }
    }

    /// The flow whose update call has this path, exactly as written.
    init?(updatePath: String) {
        guard let flow = Flow.allCases.first(where: { $0.updatePath == updatePath }) else {
            return nil
        }
        self = flow
    }
}
