internal import ArgumentParser
internal import BankhookDelivery

/// The options that narrow the payloads of a link.
struct FilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only those whose extraction ended so: completed or failed.", valueName: "progress"),
        transform: FilterOptions.parseProgress)
    var progress: String?

    @Flag(help: "Only the newest of each statement; the other filters come after it.")
    var latest = false

    @Option(
        help: ArgumentHelp(
            "Only those from then on, by BankConnect's own clock: 'YYYY-MM-DD HH:MM:SS'.",
            valueName: "date_time"), transform: FilterOptions.parseMoment)
    var since: PayloadMoment?

    @Option(
        help: ArgumentHelp("Only those up to then, in the same form.", valueName: "date_time"),
        transform: FilterOptions.parseMoment)
    var until: PayloadMoment?

    init() {}

    mutating func validate() throws {
        if let since, let until, until < since {
            throw ValidationError("--until is before --since: nothing would be meant")
        }
    }

    var filter: PayloadFilter {
        PayloadFilter(progress: progress, isLatestOnly: latest, since: since, until: until)
    }

    @Sendable private static func parseProgress(_ word: String) throws -> String {
        guard word == "completed" || word == "failed" else {
            throw ValidationError("--progress takes completed or failed")
        }
        return word
    }

    @Sendable private static func parseMoment(_ text: String) throws -> PayloadMoment {
        guard let moment = PayloadMoment(text) else {
            throw ValidationError(
                "--since and --until take 'YYYY-MM-DD HH:MM:SS' as BankConnect writes it, without a "
                    + "zone, not \(quoted(text))")
        }
        return moment
    }
}
