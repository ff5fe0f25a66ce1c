import Synchronization

/// Something that is given out a few times, and then no more: a fault of the first pushes.
final class Once<Value: Sendable>: Sendable {
    private let left: Mutex<[Value]>

    init(_ values: Value...) {
        left = Mutex(values)
    }

    func take() -> Value? {
        left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
