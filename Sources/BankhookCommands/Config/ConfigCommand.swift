package import ArgumentParser

/// `bankhook config`: what the configuration comes to.
package struct ConfigCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at what the configuration comes to.",
        discussion: "Example: bankhook config show",
        subcommands: [ConfigShowCommand.self])

    package init() {}
}
