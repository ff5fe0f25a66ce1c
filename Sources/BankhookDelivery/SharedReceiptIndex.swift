internal import Synchronization

/// The receipts that several links are compared with at a time.
final class SharedReceiptIndex: Sendable {
    private let index: Mutex<ReceiptIndex>

    init(_ index: ReceiptIndex) {
        self.index = Mutex(index)
    }

    /// What the endpoint does not have of a link's list; the receipts of the rest are used up.
    func missing(in list: [ListedPayload]) -> Set<Int> {
        index.withLock { $0.missing(in: list) }
    }
}
