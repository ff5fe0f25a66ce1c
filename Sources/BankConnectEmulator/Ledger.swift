import DequeModule

/// Values by key in the order in which they came; the oldest of all are forgotten.
struct Ledger<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var values: [Key: [Value]] = [:]
    private var order = Deque<Key>()
    private let limit: Int

    /// Keeps so many values.
    init(limit: Int = 100_000) {
        self.limit = limit
    }

    /// Adds a value at the end of its key's.
    mutating func append(_ value: Value, for key: Key) {
        values[key, default: []].append(value)
        order.append(key)
        guard order.count > limit else { return }
        let oldest = order.removeFirst()
        values[oldest]?.removeFirst()
        if values[oldest]?.isEmpty == true { values[oldest] = nil }
    }

    /// The values of a key, oldest first.
    subscript(key: Key) -> [Value] { values[key] ?? [] }

    /// Changes the first value of a key that fits, and returns it as it is then.
    mutating func changeFirst(
        of key: Key, where fits: (Value) -> Bool, _ change: (inout Value) -> Void
    ) -> Value? {
        guard let index = values[key]?.firstIndex(where: fits) else { return nil }
        if var value = values[key]?[index] {
            change(&value)
            values[key]?[index] = value
            return value
        }
        return nil
    }
}
