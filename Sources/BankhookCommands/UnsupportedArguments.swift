/// What the specification promises and this version does not have yet. It is refused by name, so
/// that nobody takes it for accepted (specification, first section).
enum UnsupportedArguments {
    private static let commands: Set = [
        "doctor"
    ]
    private static let options: Set = [
        "--watch-receipts", "--within",
    ]

    /// The message for the first argument that this version does not have, or nil.
    static func message(for arguments: [String]) -> String? {
        let words = arguments.prefix { $0 != "--" }
        if let name = words.first(where: { options.contains(name(of: $0)) }) {
            return "\(self.name(of: name)) is not supported in this version"
        }
        let names = words.filter { !$0.hasPrefix("-") }
        guard let command = names.first, words.first == command else { return nil }
        if commands.contains(command) { return "'\(command)' is not supported in this version" }
        return nil
    }

    /// An option without its `=value`.
    private static func name(of argument: String) -> String {
        String(argument.prefix { $0 != "=" })
    }
}
