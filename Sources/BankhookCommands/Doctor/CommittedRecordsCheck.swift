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
                next:
                    "git checkout HEAD -- \(directory), unless they were dropped on purpose: then "
                    + "commit that"),
            finding(
                "record_uncommitted", uncommitted, "not committed as it stands here",
                next: "commit and push \(directory), after each apply"),
        ].compactMap(\.self)
    }

    private func finding(_ code: String, _ names: [EnvironmentName], _ what: String, next: String)
        -> DoctorFinding?
    {
        guard !names.isEmpty else { return nil }
        return .warning(
            .state, code, "\(what): \(DoctorText.list(names.map(\.text)))", next: next)
    }
}
