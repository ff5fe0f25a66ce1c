internal import ArgumentParser
internal import BankhookModel
internal import SourceText

/// What somebody probably meant whose arguments cannot be used: a line below the parser's message.
struct ArgumentHint {
    private let arguments: [String]
    private let root: any ParsableCommand.Type

    init(_ arguments: [String], root: any ParsableCommand.Type = BankhookCommand.self) {
        self.arguments = arguments
        self.root = root
    }

    /// Nil where nothing is known to be meant.
    var text: String? {
        guard let first = arguments.first else { return nil }
        guard !first.hasPrefix("-") else { return optionsFirst }
        var (command, path, rest) = (root, [String](), arguments[...])
        while let word = rest.first, let next = ArgumentHint.child(word, of: command) {
            command = next
            path.append(word)
            rest.removeFirst()
        }
        if ArgumentHint.isGroup(command) {
            guard let word = rest.first, !word.hasPrefix("-"), word != "help" else { return nil }
            return nearCommand(to: word, under: path)
        }
        return otherOption(path.joined(separator: " "), rest)
    }

    // MARK: Options

    /// Options belong behind the command that they are of.
    private var optionsFirst: String? {
        guard let word = arguments.first(where: { ArgumentHint.child($0, of: root) != nil }) else {
            return nil
        }
        let option = PrintableText(String(arguments[0].prefix { $0 != "=" }), limit: 64)
        return "options go after the command: bankhook \(word) \(option) …"
    }

    /// Plans are narrowed to some environments, and other commands are about one: their options have
    /// different names.
    private func otherOption(_ command: String, _ rest: ArraySlice<String>) -> String? {
        let (own, other): (String, String)
        switch command {
        case "plan", "apply": (own, other) = ("--target", "--environment")
        case "payloads", "recover", "progress": (own, other) = ("--environment", "--target")
        default: return nil
        }
        if rest.contains(where: { $0 == other || $0.hasPrefix(other + "=") }) {
            return "did you mean \(own)?"
        }
        // A name where none belongs; apply takes the file of a saved plan there.
        let words = rest.prefix { EnvironmentName($0) != nil && !$0.contains(".") }
        guard let name = words.last, words.count > (command == "apply" ? 1 : 0) else { return nil }
        return "an environment is named with \(own) \(name)"
    }

    // MARK: Commands

    private func nearCommand(to word: String, under path: [String]) -> String {
        let groups = path.isEmpty ? [[]] + ArgumentHint.groups(of: root) : [path]
        var commands = [String: [String]]()
        for group in groups {
            for name in ArgumentHint.names(of: command(at: group)) {
                commands[name, default: []].append((group + [name]).joined(separator: " "))
            }
        }
        let near = Vocabulary(commands.keys).nearest(to: word).flatMap { commands[$0] } ?? []
        guard !near.isEmpty else {
            let group = (["bankhook"] + path).joined(separator: " ")
            return "\(group) --help lists the commands"
        }
        let shown = near.map { "bankhook \($0)" }.joined(separator: " or ")
        return "did you mean \(shown)?"
    }

    private func command(at path: [String]) -> any ParsableCommand.Type {
        path.reduce(root) { ArgumentHint.child($1, of: $0) ?? $0 }
    }

    private static func groups(of command: any ParsableCommand.Type) -> [[String]] {
        command.configuration.subcommands.filter(isGroup).map { [$0._commandName] }
    }

    private static func isGroup(_ command: any ParsableCommand.Type) -> Bool {
        !command.configuration.subcommands.isEmpty
    }

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        command.configuration.subcommands.map { $0._commandName }
    }

    private static func child(_ word: String, of command: any ParsableCommand.Type)
        -> (any ParsableCommand.Type)?
    {
        command.configuration.subcommands.first { $0._commandName == word }
    }
}
