package import ArgumentParser

/// `bankhook`, the root of all commands.
package struct BankhookCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "bankhook",
        abstract: "Keeps FinBox BankConnect webhook registrations as code.",
        discussion: """
            A YAML file says, for each environment, which URL BankConnect must call and in which \
            mode. bankhook compares that with what it recorded when it last applied, shows the \
            difference as a plan, and applies it.

            BankConnect has no call that reads a registration back. What bankhook knows is what it \
            recorded; whoever else calls update_webhook stays invisible to it.

            Example: bankhook init --environment uat,production
            """,
        version: Version.text,
        subcommands: [
            InitCommand.self, ValidateCommand.self, PlanCommand.self, ApplyCommand.self,
            StateCommand.self, ConfigCommand.self, ProbeCommand.self, ListenCommand.self,
            PayloadsCommand.self,
            RecoverCommand.self, ProgressCommand.self, EmulateCommand.self, TriggerCommand.self,
            DoctorCommand.self, ExplainCommand.self, CompletionsCommand.self,
        ])

    package init() {}
}
