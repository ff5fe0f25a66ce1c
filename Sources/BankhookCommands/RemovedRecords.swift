internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import Git

/// Records that HEAD has and that are gone here. What is registered again without its record is no
/// longer guarded by what it said.
enum RemovedRecords {
    /// A warning for each that the plan registers as if for the first time.
    static func warnings(about plan: Plan, in directory: String, git: Git) async -> [PlanWarning] {
        let new = Set(
            plan.changes.filter { $0.action == .register && $0.record == nil }.map(\.name))
        guard !new.isEmpty,
            let committed = try? await CommittedRecords.read(directory: directory, git: git)
        else { return [] }
        return committed.gone.filter(new.contains).map { name in
            PlanWarning(
                .recordRemoved, name,
                "HEAD has a record of it, which is gone here, and with it what it guards; unless that "
                    + "is meant: "
                    + ShellText.command(
                        ["git", "checkout", "HEAD", "--", committed.path(of: name)]))
        }
    }
}
