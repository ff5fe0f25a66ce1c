internal import BankhookApply
internal import SourceText
internal import Synchronization

/// What an apply says while it runs: a live line on a terminal, and in a log no more lines than
/// somebody would read.
final class ApplyProgress: Sendable {
    private let counts = Mutex([Outcome.Word: Int]())
    private let total: Int
    private let console: Console

    /// The most environments that get a line each in a log.
    private static let mostLines = 50
    /// How many lines of counts a longer log gets.
    private static let steps = 10

    /// `total` is how many environments are sent something.
    init(total: Int, console: Console) {
        self.total = total
        self.console = console
        if total > 0 { console.showLiveLine(line([:])) }
    }

    /// One environment has ended; its record is durable by now.
    func report(_ outcome: EnvironmentOutcome) {
        let counts = counts.withLock { counts in
            counts[outcome.outcome, default: 0] += 1
            return counts
        }
        // Why it did not succeed stands in the report, once.
        if outcome.problem != nil {
            let word = console.messagePalette.paint(outcome.outcome.shown, outcome.outcome.tone)
            console.progress("\(outcome.name): \(word)\n")
        } else if outcome.warning != nil || !console.showsLiveLine && total <= Self.mostLines {
            console.progress("\(outcome.line(console.messagePalette))\n")
        }
        if console.showsLiveLine {
            console.showLiveLine(line(counts))
        } else if total > Self.mostLines, isStep(counts.values.reduce(0, +)) {
            console.progress(line(counts) + "\n")
        }
    }

    /// Every environment has ended.
    func end() {
        console.eraseLiveLine()
    }

    private func isStep(_ done: Int) -> Bool {
        done * Self.steps / total > (done - 1) * Self.steps / total
    }

    /// The counts, `12/40 applied, 1 failed`.
    private func line(_ counts: [Outcome.Word: Int]) -> String {
        let rest = Outcome.Word.allCases.filter { $0 != .applied && $0 != .unchanged }
            .compactMap { word in counts[word].map { ", \($0) \(word.shown)" } }
        return "\(counts[.applied, default: 0])/\(total) applied\(rest.joined())"
    }
}
