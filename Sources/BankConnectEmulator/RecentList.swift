import DequeModule

/// A list that forgets its oldest elements, so that an emulator can run for months.
struct RecentList<Element: Sendable>: Sendable {
    private struct Entry {
        var element: Element
        let weight: Int
    }

    private var entries = Deque<Entry>()
    private var weight = 0
    private let limit: Int
    private let weightLimit: Int
    /// How many elements are forgotten.
    private(set) var dropped = 0

    /// Keeps so many elements, and no more than their weights (in bytes) together allow; always the
    /// newest one.
    init(limit: Int = 100_000, weightLimit: Int = 64 << 20) {
        self.limit = limit
        self.weightLimit = weightLimit
    }

    /// Adds an element and returns its number, which stays its own.
    mutating func append(_ element: Element, weight: Int = 0) -> Int {
        entries.append(Entry(element: element, weight: weight))
        self.weight += weight
        while entries.count > 1, entries.count > limit || self.weight > weightLimit {
            self.weight -= entries.removeFirst().weight
            dropped += 1
        }
        return dropped + entries.count - 1
    }

    /// The element of a number; nil where it is forgotten.
    subscript(number: Int) -> Element? {
        get { number < dropped ? nil : entries[number - dropped].element }
        set {
            guard let newValue, number >= dropped else { return }
            entries[number - dropped].element = newValue
        }
    }

    /// The elements, oldest first.
    var all: [Element] { entries.map(\.element) }

    /// The newest elements, newest first.
    func newest(_ count: Int) -> [Element] { entries.suffix(count).reversed().map(\.element) }

    /// How many there ever were.
    var total: Int { dropped + entries.count }
}
