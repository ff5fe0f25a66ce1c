internal import Dispatch
internal import Synchronization

/// Prints texts one after the other, on a thread of its own, so that nobody waits for a reader.
///
/// A server must answer and end whether or not somebody reads what it prints. What waits is bounded:
/// texts beyond that are left out, and how many lines they had is said once there is room again.
final class PrintQueue: Sendable {
    private struct State {
        var waitingBytes = 0
        var waitingLines = 0
        /// Left out, and not said yet.
        var omittedLines = 0

        /// Whoever takes them says them.
        mutating func takeOmittedLines() -> Int {
            defer { omittedLines = 0 }
            return omittedLines
        }
    }

    /// How much of text may wait, in bytes.
    static let limit = 1 << 20

    private let limit: Int
    private let queue: DispatchQueue
    private let state = Mutex(State())

    init(limit: Int = PrintQueue.limit) {
        self.limit = limit
        queue = DispatchQueue(label: "bankhook.print")
    }

    /// Has a text written when its turn comes; it never waits.
    ///
    /// `write` may block; `reportOmitted` is told how many lines were left out before.
    func print(
        _ text: String, by write: @Sendable @escaping (String) -> Void,
        reportOmitted: @Sendable @escaping (_ lines: Int) -> Void
    ) {
        let (size, lines) = (text.utf8.count, PrintQueue.lines(in: text))
        let fits = state.withLock { state in
            guard state.waitingBytes + size <= limit else {
                state.omittedLines += lines
                return false
            }
            state.waitingBytes += size
            state.waitingLines += lines
            return true
        }
        guard fits else { return }
        queue.async { [self] in
            write(text)
            let omitted = state.withLock { state in
                state.waitingBytes -= size
                state.waitingLines -= lines
                // Not for each line that has to go: only where reading caught up.
                return state.waitingBytes <= limit / 2 ? state.takeOmittedLines() : 0
            }
            if omitted > 0 { reportOmitted(omitted) }
        }
    }

    /// Waits until everything is printed, or until the time is over, and returns how many lines are
    /// not: those that wait then, and those that were left out and never reported.
    func finish(within time: DispatchTimeInterval) async -> Int {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        queue.async { end.yield() }
        DispatchQueue.global().asyncAfter(deadline: .now() + time) { end.yield() }
        for await _ in ends { break }
        return state.withLock { $0.waitingLines + $0.takeOmittedLines() }
    }

    /// A text without a line's end counts as a line.
    private static func lines(in text: String) -> Int {
        max(1, text.utf8.count { $0 == UInt8(ascii: "\n") })
    }
}
