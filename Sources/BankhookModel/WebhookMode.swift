/// Which statements BankConnect calls the webhook for; the raw value is what the API is sent.
package enum WebhookMode: Int, Hashable, Sendable {
    case netBanking = 0
    case netBankingAndManual = 1
    /// The Session flow's "all modes"; the vendor does not explain it.
    case all = 3

    /// The word for it in the configuration.
    package var word: String {
        switch self {
        case .netBanking: "net_banking"
        case .netBankingAndManual: "net_banking_and_manual"
        case .all: "all"
        }
    }

    /// The modes that a flow's update call knows.
    package static func modes(of flow: Flow) -> [WebhookMode] {
        switch flow {
        case .entity: [.netBanking, .netBankingAndManual]
        case .session: [.netBanking, .netBankingAndManual, .all]
        }
    }
}

extension WebhookMode: CustomStringConvertible {
    package var description: String { "\(word) (\(rawValue))" }
}
