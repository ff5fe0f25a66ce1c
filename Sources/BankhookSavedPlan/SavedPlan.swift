package import BankhookModel
package import BankhookPlan
package import BankhookState

/// A plan as it was reviewed, with everything that has to be the same when it is applied
/// (specification, section 4, "Saved plans").
///
/// No secret is in it, and nothing that is sent comes from it: an apply computes the plan anew and
/// takes nothing but the lineages of first registrations.
package struct SavedPlan: Equatable, Sendable {
    /// The moment as of which ages count.
    package let createdAt: Timestamp
    /// The program that made it.
    package let tool: String
    package let options: PlanOptions
    /// The configuration's files and the policy file.
    package let files: [SavedFile: Checksum]
    /// Every record, targeted or not: the safety checks are measured against all of them.
    package let records: [EnvironmentName: Checksum]
    package let changes: [EnvironmentName: SavedChange]

    package init(
        createdAt: Timestamp, tool: String, options: PlanOptions, files: [SavedFile: Checksum],
        records: [EnvironmentName: Checksum], changes: [EnvironmentName: SavedChange]
    ) {
        self.createdAt = createdAt
        self.tool = tool
        self.options = options
        self.files = files
        self.records = records
        self.changes = changes
    }

    /// What is saved of a plan. `lineage` says which one a first registration gets; one that a
    /// record has already is not given.
    package init(
        of plan: Plan, createdAt: Timestamp, tool: String, options: PlanOptions,
        files: [SavedFile: Checksum], records: [DecodedRecord],
        lineage: (EnvironmentName) -> Lineage?
    ) {
        let taken = Set(records.map(\.record.lineage))
        var changes = [EnvironmentName: SavedChange](minimumCapacity: plan.changes.count)
        for change in plan.changes {
            let isFirst = change.desired != nil && change.record == nil
            let first = isFirst ? lineage(change.name) : nil
            changes[change.name] = SavedChange(
                change, firstLineage: first.flatMap { taken.contains($0) ? nil : $0 })
        }
        var checksums = [EnvironmentName: Checksum](minimumCapacity: records.count)
        for record in records { checksums[record.record.environment] = record.checksum }
        self.init(
            createdAt: createdAt, tool: tool, options: options, files: files, records: checksums,
            changes: changes)
    }

    /// The lineages that first registrations get.
    package var firstLineages: [EnvironmentName: Lineage] {
        changes.compactMapValues(\.firstLineage)
    }
}
