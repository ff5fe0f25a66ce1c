internal import BankhookHistory
internal import BankhookPlan

/// Whether what an apply records may go with the CI runner that it runs on (specification,
/// section 3).
enum RunnerState {
    /// The warning for an apply that changes a state file; nil outside CI, and where git tracks a
    /// record in that directory.
    static func warning(_ walk: HistoryWalk, at path: String, variables: [String: String])
        -> PlanWarning?
    {
        guard variables["CI"] == "true", walk.tracksRecords != true else { return nil }
        let doubt =
            walk.tracksRecords == nil ? "cannot tell whether git tracks" : "git tracks no record in"
        return PlanWarning(
            .stateOnRunner, nil,
            "\(doubt) \(path), and a runner's disk does not last: commit and push the state files, "
                + "always, also after a failure")
    }
}
