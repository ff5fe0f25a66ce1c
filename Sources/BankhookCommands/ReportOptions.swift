internal import ArgumentParser
internal import SystemCalls

/// Where plan and apply report, and in which formats.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("format"),
        help: ArgumentHelp(
            "What standard output holds: text, json or markdown (default: text).",
            valueName: "format"),
        transform: ReportFormat.parse)
    var chosenFormat: ReportFormat?

    @Option(
        name: .customLong("out-json"),
        help: ArgumentHelp(
            "Write the report as JSON to a file too; - is standard output.", valueName: "file"))
    var jsonFile: String?

    @Option(
        name: .customLong("out-markdown"),
        help: ArgumentHelp(
            "Write the report as Markdown to a file too; - is standard output.",
            valueName: "file"))
    var markdownFile: String?

    @Option(
        help: ArgumentHelp(
            "Goes into the first line of the Markdown, so that a bot finds its comment again.",
            valueName: "id"),
        transform: CommentMarker.parseID)
    var commentId: String?

    init() {}

    mutating func validate() throws {
        for (name, path) in [("--out-json", jsonFile), ("--out-markdown", markdownFile)] {
            guard path != "" else { throw ValidationError("\(name) names no file") }
        }
        guard formatsOnStandardOutput.count <= 1 else {
            throw ValidationError("standard output takes one format: name a file for the other")
        }
        guard jsonFile == nil || jsonFile != markdownFile else {
            throw ValidationError("--out-json and --out-markdown name the same file")
        }
        guard
            commentId == nil || files.contains(where: { $0.format == .markdown })
                || format == .markdown
        else {
            throw ValidationError("--comment-id needs --format markdown or --out-markdown")
        }
    }

    /// Every format that was asked for on standard output.
    private var formatsOnStandardOutput: Set<ReportFormat> {
        let formats = [
            chosenFormat, jsonFile == "-" ? .json : nil, markdownFile == "-" ? .markdown : nil,
        ]
        return Set(formats.compactMap(\.self))
    }

    /// What standard output holds: what `-` says, else `--format`.
    private var format: ReportFormat { formatsOnStandardOutput.first ?? .text }

    private var files: [Outputs.File] {
        [(jsonFile, ReportFormat.json), (markdownFile, .markdown)].compactMap { path, format in
            guard let path, path != "-" else { return nil }
            return Outputs.File(file: OutputFile(path: path), format: format)
        }
    }

    /// Everywhere that a report of a command goes.
    func outputs(of command: CommentMarker.Command, on console: Console) -> Outputs {
        Outputs(
            format: format, files: files,
            marker: CommentMarker(command: command, id: commentId), console: console)
    }
}
