internal import ArgumentParser
internal import BankhookModel

/// Where `listen` listens, and what it does with what comes.
struct ListenOptions: ParsableArguments {
    /// How many payloads are passed on at a time.
    static let mostForwards = 256

    @Option(help: ArgumentHelp("The port; 0 picks a free one.", valueName: "port"))
    var port = 8080

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "host"))
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "Pass each payload on to this URL, and answer what it answers.", valueName: "url"))
    var forwardTo: String?

    @Option(
        help: ArgumentHelp(
            "How long --forward-to has for its whole answer, such as 30s.", valueName: "time"),
        transform: WaitOption.parsePositive)
    var forwardTimeout = WaitOption.forwardDefault

    @Option(
        help: ArgumentHelp(
            "Append a receipt of each payload, one JSON object a line, before its 200.",
            valueName: "file"))
    var receipts: String?

    @Option(
        help: ArgumentHelp(
            "Answer this instead of 200, to rehearse a failure: 200 to 599.", valueName: "n"))
    var status: Int?

    @Option(
        help: ArgumentHelp(
            "Wait so long before each answer, such as 5s or 500ms.", valueName: "time"),
        transform: WaitOption.parse)
    var delay = WaitOption.none

    @Option(help: ArgumentHelp("Write the base URL here once it listens.", valueName: "file"))
    var readyFile: String?

    init() {}

    mutating func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535")
        }
        if let status {
            guard (200...599).contains(status) else {
                throw ValidationError("--status takes a number from 200 to 599")
            }
            guard forwardTo == nil else {
                throw ValidationError("--forward-to answers what its target answers: no --status")
            }
        }
        guard receipts != "", receipts != "-" else {
            throw ValidationError("--receipts names a file that is read again: no -")
        }
    }
}
