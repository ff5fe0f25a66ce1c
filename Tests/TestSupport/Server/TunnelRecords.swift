import Synchronization

/// What a proxy has seen up to now, connection by connection.
final class TunnelRecords: Sendable {
    private let records = Mutex<[TunnelRecord]>([])

    /// A copy of everything.
    var all: [TunnelRecord] { records.withLock { $0 } }

    /// Begins the record of one more connection, and returns its number.
    func add() -> Int {
        records.withLock { records in
            records.append(TunnelRecord())
            return records.count - 1
        }
    }

    /// Adds to a connection's record.
    func note(_ number: Int, _ change: (inout TunnelRecord) -> Void) {
        records.withLock { change(&$0[number]) }
    }
}
