/// What version control knows of the records beside their files (specification, section 4,
/// "Rollback trap").
package struct RecordHistory: Equatable, Sendable {
    /// How much of it could be looked at.
    package enum Coverage: Equatable, Sendable {
        case complete
        /// The records are in no work tree: there is nothing to look at.
        case noWorkTree
        /// Why not all of it could be looked at, and what to do about it.
        case incomplete(String, wayOut: String)
    }

    /// Why a record is not the newest of its lineage.
    package struct Finding: Equatable, Sendable {
        /// A commit of HEAD's own history that holds a later version.
        package let rolledBackFrom: String?
        /// Two applies made the same serial, and none came after that knew both.
        package let isForked: Bool
        /// A later version that HEAD's history does not have.
        package let ahead: Ahead?
        /// The highest settled serial that was read, this record's included.
        package let highestSerial: Int

        package init(
            rolledBackFrom: String?, isForked: Bool, ahead: Ahead?, highestSerial: Int
        ) {
            self.rolledBackFrom = rolledBackFrom
            self.isForked = isForked
            self.ahead = ahead
            self.highestSerial = highestSerial
        }
    }

    /// Where a later version is that HEAD does not have.
    package struct Ahead: Equatable, Sendable {
        package let commit: String
        /// The full name of a ref that has the commit.
        package let ref: String

        package init(commit: String, ref: String) {
            self.commit = commit
            self.ref = ref
        }
    }

    package let coverage: Coverage
    /// Only of records that are not the newest.
    package let findings: [Lineage: Finding]

    package init(coverage: Coverage, findings: [Lineage: Finding] = [:]) {
        self.coverage = coverage
        self.findings = findings
    }

    /// Records that are in no work tree.
    package static let none = RecordHistory(coverage: .noWorkTree)
}
