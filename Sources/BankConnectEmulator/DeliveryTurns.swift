import Synchronization

/// Lets the deliveries of an account go out one at a time, in the order of their numbers.
final class DeliveryTurns: Sendable {
    private struct Line {
        var next = 0
        /// Turns that ended before theirs had come: their tasks were cancelled.
        var ended: Set<Int> = []
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let lines = Mutex<[EmulatorAccount: Line]>([:])

    /// Runs a body when all turns before its own have ended. Every number must come here once.
    func take<Value>(
        _ turn: Int, of account: EmulatorAccount, _ body: () async -> Value
    ) async -> Value {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGo = lines.withLock { lines in
                    let isTurn = lines[account, default: Line()].next == turn
                    if isTurn || Task.isCancelled { return true }
                    lines[account, default: Line()].waiting[turn] = continuation
                    return false
                }
                if mayGo { continuation.resume() }
            }
        } onCancel: {
            lines.withLock { $0[account]?.waiting.removeValue(forKey: turn) }?.resume()
        }
        defer { end(turn, of: account) }
        return await body()
    }

    private func end(_ turn: Int, of account: EmulatorAccount) {
        let next = lines.withLock { lines -> CheckedContinuation<Void, Never>? in
            var line = lines[account] ?? Line()
            line.ended.insert(turn)
            while line.ended.remove(line.next) != nil { line.next += 1 }
            let next = line.waiting.removeValue(forKey: line.next)
            lines[account] = line
            return next
        }
        next?.resume()
    }
}
