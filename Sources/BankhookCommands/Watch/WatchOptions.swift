internal import ArgumentParser
internal import BankhookModel

/// What an apply waits for after a change of URL, and how long.
struct WatchOptions: ParsableArguments {
    @Option(
        name: .customLong("watch-receipts"),
        help: ArgumentHelp(
            "After a change of URL, wait for the first webhook at the new one: the receipts file "
                + "of 'bankhook listen' there, or a URL that answers how many came.",
            valueName: "file|url"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "With --watch-receipts: how long to wait, 1s to 24h (default: 10m).",
            valueName: "time"),
        transform: Self.parse)
    var within: TimeSpan?

    init() {}

    private static let longest = TimeSpan(seconds: 24 * 3_600)

    mutating func validate() throws {
        guard source != nil || within == nil else {
            throw ValidationError(
                "--within needs --watch-receipts: without it nothing is waited for")
        }
        guard source != "", source != "-" else {
            throw ValidationError("--watch-receipts takes a file or a URL")
        }
    }

    @Sendable private static func parse(_ text: String) throws -> TimeSpan {
        guard let time = TimeSpan(text), time.seconds <= longest.seconds else {
            throw ValidationError("--within takes a time such as 90s or 10m, at most 24h")
        }
        return time
    }

    private var isURL: Bool { source?.contains("://") == true }

    /// The file that is read; nil where a URL is called, or nothing is watched.
    var file: String? { isURL ? nil : source }

    /// What was asked for; nil where nothing was.
    func request() throws(CommandFailure) -> WatchRequest? {
        guard let source else { return nil }
        return WatchRequest(
            place: isURL
                ? .url(try EndpointCalls.url(source, of: "--watch-receipts")) : .file(source),
            within: within ?? TimeSpan("10m") ?? TimeSpan(seconds: 600))
    }
}
