package import ArgumentParser
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookState

/// `bankhook state move OLD NEW`: keep a record under another environment's name.
package struct StateMoveCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Keep a record under another name.",
        discussion: """
            For an environment that got another name in the configuration. Sends nothing; works \
            whether or not either name is declared, and overwrites no record. When it was cut \
            short, running it again finishes it.

            Example: bankhook state move uat staging
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption
    @OptionGroup var lock: LockOption

    @Argument(help: "The name that is recorded.")
    var old: String

    @Argument(help: "The name that it gets.")
    var new: String

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    package mutating func validate() throws {
        guard old != new else { throw ValidationError("OLD and NEW are the same name") }
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let configuration = try context.configuration()
        let interruption = Interruption()
        let store = context.store(configuration, interruption: interruption)
        guard let new = EnvironmentName(new) else {
            throw CommandFailure.problem(
                "invalid_name", "\(quoted(self.new)) cannot be the name of an environment",
                hint: "lower-case letters, digits, and . _ - inside; at most 63")
        }
        let move = RecordMove(from: try await store.recordedName(old, or: new), to: new)
        let change = StateChange(
            action: .moved, environments: [move.old, move.new],
            report: "\(move.old): moved to \(move.new)", store: store,
            interruption: interruption, secrets: context.secrets(of: configuration),
            format: formatOption.format)
        return try await change.run(in: context, lock: lock) { locked in
            try StateMoveCommand.check(locked, before: move)
            try await move.run(in: locked, temporary: context.makeID())
        }
    }

    /// Whatever else is wrong with the records stops a move; what this one left unfinished does not.
    private static func check(
        _ locked: any LockedStore, before move: RecordMove
    ) throws(CommandFailure) {
        do {
            _ = try locked.records()
        } catch {
            let others = error.errors.filter { error in
                guard case .sharedLineage(_, let unfinished) = error else { return true }
                return !unfinished.contains(move)
            }
            guard others.isEmpty else { throw CommandFailure(StateErrors(others)) }
        }
    }
}
