internal import BankhookModel

/// Words that several checks need.
enum DoctorText {
    /// `1 file`, `2 files`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : noun.hasSuffix("s") ? "es" : "s")"
    }

    /// The first three, and how many others.
    static func list(_ names: some Collection<String>) -> String {
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }

    /// What is said of a check that needs a configuration where there is none to be used.
    static func withoutConfiguration(_ check: DoctorCheck) -> DoctorFinding {
        .unchecked(
            check, "that needs a configuration and a policy without mistakes",
            next: "mend them, then run doctor again")
    }

    /// Whether a diagnostic is about a file as a whole, that could not be read.
    static func isAboutFile(_ code: String) -> Bool {
        [
            "config_not_found", "config_unreadable", "policy_not_found", "policy_unreadable",
            "yaml_too_large",
        ].contains(code)
    }
}
