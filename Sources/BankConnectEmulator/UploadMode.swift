/// How a statement reached BankConnect.
enum UploadMode: String, Sendable, CaseIterable {
    case netBanking = "net_banking"
    case manual

    /// The word for it in the answer of the transactions call.
    var source: String {
        switch self {
        case .netBanking: "online"
        case .manual: "pdf"
        }
    }

    /// Why an extraction fails where the event does not say. The vendor lists no reasons.
    var failureReason: String {
        switch self {
        case .netBanking: "The user entered wrong credentials."
        case .manual: "The statement could not be extracted."
        }
    }
}
