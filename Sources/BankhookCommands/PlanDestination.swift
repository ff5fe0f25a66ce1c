internal import BankhookSavedPlan
internal import BankhookState
internal import SourceText
internal import SystemCalls

/// Where `plan --out` saves.
struct PlanDestination: Sendable {
    private let file: OutputFile

    init(path: String) {
        file = OutputFile(path: path)
    }

    /// Checks that the file can be written, that no report goes there too, and that it takes the
    /// place of nothing that is read.
    func check(beside outputs: Outputs, _ inputs: InputFiles) throws(CommandFailure) {
        try outputs.check(file)
        try inputs.check(file)
        guard !outputs.files.contains(where: { $0.file.isSame(as: file) }) else {
            throw .problem(
                "output_file", "--out and another option name the same file",
                hint: "name another one", status: .unusableArguments)
        }
    }

    /// Saves a plan, and says how to apply it.
    func save(_ plan: SavedPlan, on console: Console) {
        let text = String(decoding: SavedPlanCodec.encode(plan), as: UTF8.self)
        guard console.output(text, to: file) else { return }
        SavedPlanFile(path: file.path, plan: plan).writeAllowed(on: console)
        let path = PrintableText(file.path)
        console.progress("Saved to \(path); apply it with: bankhook apply \(path)\n")
    }
}
