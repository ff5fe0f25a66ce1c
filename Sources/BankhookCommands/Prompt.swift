internal import BankhookModel
internal import BankhookApply
internal import Dispatch
internal import SourceText

/// The question before an apply.
enum Prompt {
    enum Reply: Sendable {
        case yes, other, interrupted
    }

    /// Asks on standard error and waits for a line; a signal ends the waiting.
    static func ask(on console: Console, interruption: Interruption) async -> Reply {
        let question = "Apply these changes? Only 'yes' is accepted:"
        console.message(console.messagePalette.paint(question, .strong) + " ")
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        // Reading blocks a thread until the process ends, so it is none of the task pool's.
        DispatchQueue.global().async {
            if let line = readLine() { continuation.yield(line) }
            continuation.finish()
        }
        return await withTaskGroup(of: Reply.self) { group in
            group.addTask {
                for await line in lines { return line == "yes" ? .yes : .other }
                return .other
            }
            group.addTask {
                await interruption.wait()
                return .interrupted
            }
            let reply = await group.next() ?? .other
            group.cancelAll()
            if reply != .yes { console.message("\n") }
            return interruption.isRequested ? .interrupted : reply
        }
    }
}
