internal import BankhookModel
internal import Logging
internal import SourceText

/// Log lines on standard error: the time, the level, what happened and its facts.
struct ConsoleLogHandler: LogHandler {
    let console: Console
    let now: @Sendable () -> Timestamp
    var logLevel: Logger.Level
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line. Facts may come from files and servers, so the line is made printable.
    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\(PrintableText("\($0.value)", limit: 512))" }
        let message = PrintableText(event.message.description)
        console.message("\(now()) \(event.level): \(message)\(facts.joined())\n")
    }
}
