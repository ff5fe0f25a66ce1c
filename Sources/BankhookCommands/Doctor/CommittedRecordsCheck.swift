internal import BankhookModel

/// Does git have the records as they are here?
struct CommittedRecordsCheck {
    /// Those that HEAD has, and that are gone here.
    let gone: [EnvironmentName]
    /// Those that are not in HEAD as they are here.
    let uncommitted: [EnvironmentName]
    let directory: String

    var findings: [DoctorFinding] {
        [
            finding(
                "record_removed", gone, "gone here, while HEAD has a record",
                next: "\(wayBack), unless they were dropped on purpose: then commit that"),
            finding(
                "record_uncommitted", uncommitted, "not committed as it stands here",
                next: "commit and push \(directory), after each apply"),
        ].compactMap(\.self)
    }

    /// Those files and no others: a record beside them may be newer than HEAD.
    private var wayBack: String {
        guard gone.count <= 10 else { return "take each back: git checkout HEAD -- FILE" }
        return ShellText.command(
            ["git", "checkout", "HEAD", "--"] + gone.map { "\(directory)/\($0).json" })
    }

    private func finding(_ code: String, _ names: [EnvironmentName], _ what: String, next: String)
        -> DoctorFinding?
    {
        guard !names.isEmpty else { return nil }
        return .warning(
            .state, code, "\(what): \(DoctorText.list(names.map(\.text)))", next: next)
    }
}
