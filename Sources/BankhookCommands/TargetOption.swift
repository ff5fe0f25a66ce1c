internal import ArgumentParser
internal import BankhookModel

/// The option that narrows a plan to some environments.
struct TargetOption: ParsableArguments {
    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "Only the environments whose name matches, with * ? and […]; repeatable.",
            valueName: "name"))
    var patterns: [String] = []

    init() {}

    /// The test whether a name is targeted. A pattern that matches nothing is an error.
    func selection(among names: some Sequence<EnvironmentName>) throws(CommandFailure)
        -> @Sendable (EnvironmentName) -> Bool
    {
        let unmatched = patterns.map(NamePattern.init).filter { pattern in
            !names.contains(where: pattern.matches)
        }
        guard unmatched.isEmpty else {
            throw .problems(
                unmatched.map { pattern in
                    CommandFailure.Problem(
                        code: "unknown_target",
                        message: "--target \(quoted(pattern.text)) matches no environment, "
                            + "declared or recorded",
                        hint: TargetOption.split(pattern, among: names)
                            ?? "names: \(summary(of: names))")
                }, status: .error)
        }
        return TargetOption.matching(patterns)
    }

    /// What somebody meant who wrote several names with commas; nil where nobody did.
    private static func split(
        _ pattern: NamePattern, among names: some Sequence<EnvironmentName>
    ) -> String? {
        let parts = pattern.text.split(separator: ",").map(String.init)
        let areMeant = parts.allSatisfy { names.contains(where: NamePattern($0).matches) }
        guard parts.count > 1, areMeant else { return nil }
        let words = parts.flatMap { ["--target", $0] }
        return "--target takes one name and repeats: \(ShellText.command(words))"
    }

    /// The test whether one of some patterns matches a name; every name is targeted where there are
    /// none.
    static func matching(_ patterns: [String]) -> @Sendable (EnvironmentName) -> Bool {
        guard !patterns.isEmpty else { return { _ in true } }
        let patterns = patterns.map(NamePattern.init)
        return { name in patterns.contains { $0.matches(name) } }
    }

    private func summary(of names: some Sequence<EnvironmentName>) -> String {
        let sorted = Set(names).sorted()
        let shown = sorted.prefix(10).map(\.text).joined(separator: ", ")
        return sorted.count > 10 ? "\(shown) and \(sorted.count - 10) more" : shown
    }
}
