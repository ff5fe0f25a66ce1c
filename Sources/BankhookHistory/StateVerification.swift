package import BankhookModel
package import BankhookState

/// What `state verify` found: in the files, and in what HEAD's own history holds of them.
package struct StateVerification: Sendable {
    /// A record that stands in the directory.
    package struct Verified: Sendable {
        package let decoded: DecodedRecord
        /// How many settled versions of it HEAD's own history holds; nil where nobody could look.
        package let versions: Int?
    }

    /// How much of the history could be looked at.
    package let coverage: RecordHistory.Coverage
    /// Sorted by name.
    package let records: [Verified]
    package let problems: [StateProblem]

    /// `versions` is nil where no history could be read.
    init(
        _ inspection: RecordInspection, coverage: RecordHistory.Coverage,
        _ versions: VersionCollection? = nil
    ) {
        self.coverage = coverage
        let judge = ChainJudge(
            versions: versions ?? VersionCollection(files: .none),
            isComplete: coverage == .complete)
        problems = judge.problems(of: inspection).sorted(by: StateProblem.isOrdered)
        records = inspection.records.map { decoded in
            Verified(
                decoded: decoded,
                versions: versions.map { _ in judge.count(of: decoded.record.lineage) })
        }
    }
}
