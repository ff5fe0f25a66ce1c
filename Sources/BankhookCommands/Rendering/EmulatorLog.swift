internal import BankConnectEmulator
internal import SourceText

/// What `emulate` tells on standard error while it serves.
enum EmulatorLog {
    /// A call, and what it was answered.
    static func line(_ request: RequestRecord) -> String {
        let status = request.status.map(String.init) ?? "no answer"
        return "\(request.method) \(quoted(request.path)) \(request.account ?? "unknown account"): "
            + "\(status)\n"
    }

    /// A webhook without the path of its URL, which may hold a secret, and how it ended.
    static func line(_ delivery: DeliveryRecord) -> String {
        let end =
            delivery.status.map(String.init) ?? PrintableText(delivery.error ?? "").description
        return "webhook to \(quoted(delivery.origin)): \(end)\n"
    }
}
