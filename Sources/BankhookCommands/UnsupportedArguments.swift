/// What the specification promises and this version does not have yet. It is refused by name, so
/// that nobody takes it for accepted (specification, first section).
enum UnsupportedArguments {
    private static let commands: Set = [
        "doctor"
    ]

    /// The message for a command that this version does not have, or nil.
    static func message(for arguments: [String]) -> String? {
        let words = arguments.prefix { $0 != "--" }
        let names = words.filter { !$0.hasPrefix("-") }
        guard let command = names.first, words.first == command else { return nil }
        if commands.contains(command) { return "'\(command)' is not supported in this version" }
        return nil
    }
}
