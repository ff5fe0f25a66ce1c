package import ArgumentParser
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState

/// `bankhook state forget NAME`: drop a record.
package struct StateForgetCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Drop a record; BankConnect keeps its registration.",
        discussion: """
            BankConnect has no call that removes a registration: it stays until another URL \
            replaces it. An environment that is still declared is registered again by the next \
            apply. A record whose outcome is unknown needs --allow unknown-outcome.

            Example: bankhook state forget old-uat
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption
    @OptionGroup var lock: LockOption

    @Option(
        name: .customLong("allow"),
        help: ArgumentHelp(
            "unknown-outcome: forget a record in doubt; repeatable, or a comma list.",
            valueName: "names"),
        transform: AllowList.parse)
    var allowed: [AllowList] = []

    @Argument(help: "The environment's name.")
    var name: String

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let configuration = try context.configuration()
        let interruption = Interruption()
        let store = context.store(configuration, interruption: interruption)
        let name = try await store.recordedName(self.name)
        let isDeclared = configuration.environments.contains { $0.name == name }
        let allowsUnknownOutcome = allowed.flatMap(\.names).contains(.unknownOutcome)
        let change = StateChange(
            action: .forgotten, environments: [name],
            report: "\(name): forgotten; "
                + (isDeclared
                    ? "it is still declared, so the next apply registers it again"
                    : "what is registered stays until another URL replaces it"),
            store: store, interruption: interruption, secrets: context.secrets(of: configuration),
            format: formatOption.format)
        return try await change.run(in: context, lock: lock) { locked in
            try await RecordRemoval(of: name, allowsUnknownOutcome: allowsUnknownOutcome)
                .run(in: locked)
        }
    }
}
