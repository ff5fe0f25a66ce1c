package import ArgumentParser
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import BankhookState
internal import SourceText

/// `bankhook state import NAME`: record what is already registered, without sending it.
package struct StateImportCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Record what is already registered, without sending it.",
        discussion: """
            Records what the configuration says. bankhook cannot read a registration back, so it \
            takes your word for it, and never calls it applied. The better way to adopt a \
            registration is bankhook apply: sending it again is safe.

            Example: bankhook state import production
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption
    @OptionGroup var lock: LockOption

    @Argument(help: "The environment's name.")
    var name: String

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let configuration = try context.configuration()
        let desired = try context.desired(configuration)
        guard let declared = desired.environments.first(where: { $0.name.text == name }) else {
            throw CommandFailure.problem(
                "unknown_environment", "no environment \(quoted(name)) is declared",
                hint: "bankhook config show lists those that are")
        }
        guard let secrets = declared.secrets else {
            throw CommandFailure.problems(
                desired.missingSecrets { $0 == declared.name } + [
                    CommandFailure.Problem(
                        code: "credentials_missing",
                        message: "a record holds fingerprints of the account and the secrets; "
                            + "nothing was changed",
                        hint: "provide them, and run it again")
                ], status: .error)
        }
        let interruption = Interruption()
        let change = StateChange(
            action: .imported, environments: [declared.name],
            report: "\(declared.name): imported, never sent by bankhook",
            store: context.store(configuration, desired, interruption: interruption),
            interruption: interruption, secrets: desired.secrets,
            format: formatOption.format)
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        let revision = await ConfigurationRevision.find(
            files: configuration.files.map(\.path), git: check.git)
        return try await change.run(in: context, lock: lock) { locked in
            try await RecordImport(
                of: declared.environment, secrets: secrets, holder: locked.holder,
                tool: Version.tool, revision: revision
            ).run(in: locked, at: context.now(), makeID: context.makeID)
        }
    }
}
