internal import Dispatch
internal import Synchronization

/// The values of a function for many elements, in their order, computed on every core where there
/// are enough of them to be worth it.
package func concurrentMap<Element: Sendable, Value: Sendable>(
    _ elements: [Element], _ body: @Sendable (Element) -> Value
) -> [Value] {
    let size = 128
    guard elements.count > size else { return elements.map(body) }
    let count = (elements.count + size - 1) / size
    let parts = Mutex([[Value]](repeating: [], count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
        let start = index * size
        let part = elements[start..<min(start + size, elements.count)].map(body)
        parts.withLock { $0[index] = part }
    }
    return parts.withLock { $0.flatMap(\.self) }
}
