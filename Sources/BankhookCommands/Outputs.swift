internal import SourceText
internal import SystemCalls

/// Where a plan or an apply reports: standard output in one format, and files in others.
struct Outputs: Sendable {
    /// A file and what it holds.
    struct File: Sendable {
        let file: OutputFile
        let format: ReportFormat
    }

    /// What standard output holds.
    let format: ReportFormat
    let files: [File]
    let marker: CommentMarker
    let console: Console

    /// Checks that the files can be written, and take the place of nothing that is read: better told
    /// before an apply than after it.
    func check(beside inputs: InputFiles) throws(CommandFailure) {
        for file in files {
            try check(file.file)
            try inputs.check(file.file)
        }
        if files.count > 1, files[0].file.isSame(as: files[1].file) {
            throw .problem(
                "output_file", "--out-json and --out-markdown name the same file",
                hint: "name another one", status: .unusableArguments)
        }
    }

    /// Checks one file.
    func check(_ file: OutputFile) throws(CommandFailure) {
        do throws(OutputFileError) {
            try file.check()
        } catch {
            throw .problem(
                "output_file", "\(file.path) cannot be written: \(error)", hint: error.wayOut)
        }
    }

    /// Writes a report everywhere; what cannot be written stops nothing.
    func write(_ report: some Report) {
        writeOutput(report)
        writeFiles(report)
    }

    /// Writes what standard output holds.
    func writeOutput(_ report: some Report) {
        console.output(text(of: report, as: format, console.palette))
    }

    /// Writes the files.
    func writeFiles(_ report: some Report) {
        for file in files {
            console.output(text(of: report, as: file.format, .plain), to: file.file)
        }
    }

    /// Writes those files that a later text replaces.
    func writeReplacedFiles(_ report: some Report) {
        Outputs(
            format: format, files: files.filter(\.file.isReplacedWhole), marker: marker,
            console: console
        ).writeFiles(report)
    }

    /// Tells of a failure everywhere, but not in files that are the failure themselves.
    func write(_ failure: CommandFailure, in context: CommandContext) {
        FailureRendering.message(failure, in: context)
        let usable = files.filter {
            (try? $0.file.check()) != nil && !InputFiles.isNamed($0.file, by: failure)
        }
        Outputs(format: format, files: usable, marker: marker, console: console)
            .write(FailureReport(failure: failure))
    }

    private func text(of report: some Report, as format: ReportFormat, _ palette: Palette)
        -> String
    {
        report.rendered(as: format, palette: palette, marker: marker)
    }
}
