internal import BankhookModel

/// Which environments' secrets are not at hand, and of a few of them why.
enum UnusableSecrets {
    /// How many environments are named, and told of one by one where there are no more.
    private static let shownEnvironments = 3
    /// How many troubles of one environment are told.
    private static let shownTroubles = 3

    /// Such as `uat: env KEY and env HASH are not set`.
    static func words(for environments: [DesiredEnvironment]) -> String {
        guard environments.count > shownEnvironments else {
            return environments.map(words).joined(separator: "; ")
        }
        let names = environments.prefix(shownEnvironments).map(\.name.text)
        return "they are \(names.joined(separator: ", ")) and "
            + "\(environments.count - shownEnvironments) more"
    }

    private static func words(for environment: DesiredEnvironment) -> String {
        let troubles = grouped(environment.problems)
        guard !troubles.isEmpty else { return environment.name.text }
        let others = troubles.count - shownTroubles
        return "\(environment.name): "
            + troubles.prefix(shownTroubles).joined(separator: ", ")
            + (others > 0 ? " and \(others) more" : "")
    }

    /// The messages, those of the same kind as one.
    private static func grouped(_ problems: [SecretProblem]) -> [String] {
        let absent = problems.filter { $0.trouble == absence }.map(\.subject)
        let first = problems.firstIndex { $0.trouble == absence }
        return problems.enumerated().compactMap { number, problem in
            guard problem.trouble == absence, absent.count > 1 else {
                return problem.subject.isEmpty
                    ? "\(problem.field): \(problem.message)" : problem.message
            }
            return number == first ? "\(absent.joined(separator: " and ")) are not set" : nil
        }
    }

    private static let absence = "is not set"
}
