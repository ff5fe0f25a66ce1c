import Synchronization

/// UUIDs, one after the other.
final class Identifiers: Sendable {
    private let stored = Mutex(0)

    /// The number of the last one.
    var last: Int {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }

    func next() -> String {
        let number = stored.withLock { last in
            last += 1
            return last
        }
        let digits = String(number)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }
}
