package import ArgumentParser

/// `bankhook completions SHELL`: a script that completes its commands and options.
package struct CompletionsCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print a completion script for bash, zsh or fish.",
        discussion: """
            Example: bankhook completions fish > ~/.config/fish/completions/bankhook.fish
            """)

    @OptionGroup var options: ConsoleOptions

    @Argument(help: "bash, zsh or fish.", transform: CompletionsCommand.shell)
    var shell: CompletionShell

    package init() {}

    @Sendable private static func shell(_ word: String) throws -> CompletionShell {
        guard let shell = CompletionShell(rawValue: word) else {
            throw ValidationError("completions takes bash, zsh or fish")
        }
        return shell
    }

    var context: CommandContext { CommandContext(console: options) }

    func execute(_ context: CommandContext) -> ExitStatus {
        context.console.output(BankhookCommand.completionScript(for: shell) + "\n")
        return .done
    }
}
