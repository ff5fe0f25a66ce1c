package import ArgumentParser
internal import BankhookModel
internal import FoundationEssentials

/// `bankhook init`: a configuration to begin with.
package struct InitCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented configuration to begin with.",
        discussion: """
            It lacks one line for each environment, its webhook_url; 'bankhook validate' then says \
            which. A file that exists is left as it is.

            Examples: bankhook init
                      bankhook init --environment uat,production --adopt
            """)

    @OptionGroup var options: CommonOptions

    @Option(
        name: .customLong("environment"),
        help: ArgumentHelp(
            "The environments; repeatable, or a comma list.", valueName: "names"))
    var names: [String] = ["uat,production"]

    @Flag(help: "Explain in the file how registrations that exist already are taken over.")
    var adopt = false

    package init() {}

    package mutating func validate() throws {
        _ = try environments()
    }

    var context: CommandContext { CommandContext(options) }

    func execute(_ context: CommandContext) throws -> ExitStatus {
        let environments = try environments()
        let path = context.configurationPath
        do {
            let text = StarterConfiguration(environments: environments, adopts: adopt).text
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch let error as CocoaError where error.code == .fileWriteFileExists {
            throw CommandFailure.problem(
                "config_exists", "\(path) exists; it is left as it is",
                hint: "name another file with --config")
        } catch {
            throw CommandFailure.problem(
                "config_not_written", "\(path) cannot be written",
                hint: "name a file in a directory that exists and that this user may write to")
        }
        context.console.output("\(path) written for \(list(environments))\n")
        context.console.progress(
            "next: write each webhook_url, and run bankhook validate\n")
        return .done
    }

    private func environments() throws -> [EnvironmentName] {
        let words = names.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        var found = [EnvironmentName]()
        for word in words {
            guard let name = EnvironmentName(String(word)) else {
                throw ValidationError(
                    "\(quoted(String(word))) cannot be the name of an environment: lower-case "
                        + "letters, digits, and . _ - inside; at most 63")
            }
            guard !found.contains(name) else {
                throw ValidationError("\(name) is named twice")
            }
            found.append(name)
        }
        return found
    }

    private func list(_ names: [EnvironmentName]) -> String {
        names.map(\.text).joined(separator: ", ")
    }
}
