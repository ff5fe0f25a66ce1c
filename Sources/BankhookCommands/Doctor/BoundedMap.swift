/// The values of a function for many elements, in their order, so many of them at a time. Once `isOver`
/// says so none is begun any more: the values are those of the first elements then.
func boundedMap<Element: Sendable, Value: Sendable>(
    _ elements: [Element], atOnce limit: Int, until isOver: () -> Bool,
    _ body: @Sendable @escaping (Element) async -> Value
) async -> [Value] {
    await withTaskGroup(of: (Int, Value).self) { group in
        var waiting = elements.enumerated().makeIterator()
        func startNext() {
            guard !isOver(), let (number, element) = waiting.next() else { return }
            group.addTask { (number, await body(element)) }
        }
        for _ in 0..<limit { startNext() }
        var values = [(Int, Value)]()
        for await value in group {
            values.append(value)
            startNext()
        }
        return values.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
