internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookSavedPlan
internal import BankhookState
internal import SourceText

/// Everything that a plan is computed from but the records and the moment: the same for `plan`, for
/// `apply`, and for an apply that looks whether a saved plan still holds.
struct Planning: Sendable {
    let configuration: Configuration
    let desired: DesiredState
    let options: PlanOptions
    let isTargeted: @Sendable (EnvironmentName) -> Bool

    /// The plan for these records, ages as of `moment`.
    func plan(_ records: [DecodedRecord], _ history: RecordHistory, at moment: Timestamp) -> Plan {
        Planner(
            policy: configuration.policy, now: moment, isReasserting: options.isReasserting,
            history: history, overridesAhead: options.allowed.contains(.stateBehind)
        ).plan(
            desired: desired.environments, records: records.map(\.record), shard: options.shard,
            isTargeted: isTargeted
        ).adding(desired.sharedAccounts.warnings)
    }

    /// What is saved of such a plan. `lineage` says which one a first registration gets.
    func saving(
        _ plan: Plan, _ records: [DecodedRecord], at moment: Timestamp,
        lineage: (EnvironmentName) -> Lineage?
    ) -> SavedPlan {
        var files = [SavedFile: Checksum]()
        for file in configuration.files {
            files[SavedFile(.configuration, path: file.path)] = Checksum(of: file.bytes)
        }
        if let file = configuration.policyFile {
            files[SavedFile(.policy, path: file.path)] = Checksum(of: file.bytes)
        }
        return SavedPlan(
            of: plan, createdAt: moment, tool: Version.tool, options: options, files: files,
            records: records, lineage: lineage)
    }
}
