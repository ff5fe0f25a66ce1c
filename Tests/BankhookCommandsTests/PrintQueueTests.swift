import Dispatch
import Synchronization
import Testing

@testable import BankhookCommands

/// What a server prints while nobody reads.
@Suite struct PrintQueueTests {
    /// Takes texts once it is told to.
    private final class Reader: Sendable {
        private let start = DispatchSemaphore(value: 0)
        private let seen = Mutex([String]())

        var texts: [String] { seen.withLock { $0 } }

        /// Waits like a write into a full pipe.
        func take(_ text: String) {
            start.wait()
            start.signal()
            note(text)
        }

        func note(_ text: String) { seen.withLock { $0.append(text) } }

        func begin() { start.signal() }
    }

    private func print(_ texts: [String], into queue: PrintQueue, for reader: Reader) {
        for text in texts {
            queue.print(text) {
                reader.take($0)
            } reportOmitted: {
                reader.note("\($0) omitted")
            }
        }
    }

    @Test func `nobody waits for a reader, and lines that do not fit are counted`() async {
        let (queue, reader) = (PrintQueue(limit: 4), Reader())
        print(["a\n", "b\n", "c\n", "d\nd\n", "e"], into: queue, for: reader)
        reader.begin()
        #expect(await queue.finish(within: .seconds(600)) == 0)
        #expect(reader.texts == ["a\n", "4 omitted", "b\n"])
        print(["f\n"], into: queue, for: reader)
        #expect(await queue.finish(within: .seconds(600)) == 0)
        #expect(reader.texts.last == "f\n")
    }

    @Test func `the end does not wait for a reader for ever, and counts what waits`() async {
        let (queue, reader) = (PrintQueue(limit: 4), Reader())
        print(["a\n", "b\n", "c\nc\n"], into: queue, for: reader)
        #expect(await queue.finish(within: .milliseconds(1)) == 4)
        reader.begin()
        #expect(await queue.finish(within: .seconds(600)) == 0)
        #expect(reader.texts == ["a\n", "b\n"])
    }
}
