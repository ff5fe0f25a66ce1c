package import ArgumentParser

/// `bankhook state`: what is recorded.
package struct StateCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "state", abstract: "Look at what is recorded, and correct it.",
        discussion: "Example: bankhook state show production",
        subcommands: [
            StateListCommand.self, StateShowCommand.self, StateImportCommand.self,
            StateForgetCommand.self, StateMoveCommand.self, StateHistoryCommand.self,
            StateVerifyCommand.self, StateInitCommand.self, StateMigrateCommand.self,
            StatePushCommand.self, StateUnlockCommand.self, StateAcceptRewriteCommand.self,
        ])

    package init() {}
}
