internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookModel
internal import BankhookState
internal import JSONSyntax
internal import SourceText

/// A command that is about the branch of the git store as a whole, and what it reports.
struct BranchReport: Sendable {
    /// What was done.
    struct Done: Sendable {
        /// As scripts read it.
        let action: String
        var environments: [EnvironmentName] = []
        /// The lines that a person reads.
        let text: String
        /// More for scripts.
        var details: [JSONValue.Member] = []
        /// What stands on standard error beside it.
        var note: String?
        var status = ExitStatus.done
    }

    private let context: CommandContext
    private let branch: BranchContext
    private let format: OutputFormat

    /// The branch as messages name it.
    var name: String { "\(branch.branch)" }

    /// Reads the configuration, which must have a git store.
    init(_ context: CommandContext, format: OutputFormat) throws(CommandFailure) {
        let configuration = try context.configuration()
        guard let branch = BranchContext(context, configuration) else {
            throw .problem(
                "no_git_store", "the configuration keeps its state in a directory",
                hint: "for the git store write state: { git: { remote: origin, branch: "
                    + "bankhook-state } }")
        }
        self.context = context
        self.branch = branch
        self.format = format
    }

    /// Does it, and tells what was done.
    func run<Failure: Error>(
        failingWith status: ExitStatus = .error,
        _ body: (GitStore) async throws(Failure) -> Done
    ) async throws -> ExitStatus {
        let done: Done
        do {
            done = try await body(branch.store(beside: nil))
        } catch let error as BranchError {
            throw BranchReport.failure(.branch(error), status)
        } catch let error as StateError {
            throw BranchReport.failure(error, status)
        }
        switch format {
        case .text: context.console.output(done.text + "\n")
        case .json:
            context.console.output(
                JSONOutput.text(
                    .object(
                        [
                            .init(key: "action", value: .string(done.action)),
                            .init(
                                key: "environments",
                                value: .array(done.environments.map { .string($0.text) })),
                            .init(key: "format_version", value: .integer(1)),
                        ] + done.details)))
        }
        if let note = done.note { context.console.message("\(PrintableText(note))\n") }
        return done.status
    }

    private static func failure(_ error: StateError, _ status: ExitStatus) -> CommandFailure {
        .problems(
            [CommandFailure.Problem(state: error)], status: error.isLock ? .locked : status)
    }
}
