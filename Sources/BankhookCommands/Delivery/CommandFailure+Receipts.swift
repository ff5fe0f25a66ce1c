internal import BankhookDelivery

extension CommandFailure {
    /// Why receipts at a path cannot be read or kept.
    init(_ error: ReceiptsError, about path: String) {
        let problem = Problem(
            code: error.isLock ? "receipts_in_use" : "receipts", message: "\(error)",
            hint: error.wayOut, file: path)
        self = .problems([problem], status: error.isLock ? .locked : .error)
    }
}
