internal import BankhookModel
internal import SourceText
internal import Synchronization

/// What an apply says while it waits for the first delivery: a live line on a terminal, and in a log
/// a line at the start and one a minute.
final class WatchProgress: Sendable {
    private let name: EnvironmentName
    private let source: String
    private let within: TimeSpan
    private let console: Console
    private let toldMinutes = Mutex(0)

    /// `source` is where deliveries show, `within` how long they have.
    init(name: EnvironmentName, source: String, within: TimeSpan, console: Console) {
        self.name = name
        self.source = source
        self.within = within
        self.console = console
    }

    /// The wait begins.
    func begin() {
        guard !console.showsLiveLine else { return report(.zero) }
        console.progress(
            "\(name): registered; waiting up to \(within) for its first delivery "
                + "(\(PrintableText(source)))\n")
    }

    /// Nothing arrived so far.
    func report(_ elapsed: Duration) {
        let line =
            "\(name): waiting for its first delivery, \(WatchProgress.clock(elapsed)) of \(within)"
        guard !console.showsLiveLine else { return console.showLiveLine(line) }
        let minutes = Int(elapsed / .seconds(60))
        let isNew = toldMinutes.withLock { told in
            defer { told = max(told, minutes) }
            return minutes > told
        }
        if isNew { console.progress(line + "\n") }
    }

    /// The wait has ended.
    func end() {
        console.eraseLiveLine()
    }

    /// A length of time as a clock shows it: `00:41`, `1:02:03`.
    static func clock(_ duration: Duration) -> String {
        let seconds = Int(duration / .seconds(1))
        let parts = [seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return (seconds >= 3_600 ? "\(seconds / 3_600):" : "") + parts.joined(separator: ":")
    }
}
