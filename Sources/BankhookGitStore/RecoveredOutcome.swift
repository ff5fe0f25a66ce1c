package import BankhookModel

/// What became of an outcome that a run had kept in the clone.
package struct RecoveredOutcome: Equatable, Sendable {
    package enum Fate: String, Sendable {
        /// It is on the branch now.
        case pushed
        /// It was there already.
        case present
        /// The branch does not hold its intent any more: what was recorded since counts.
        case superseded
        /// The branch went back to before its intent: that is put there again, its outcome unknown.
        case doubted

        /// Whether the branch's record becomes another one by it.
        package var changesRecord: Bool {
            switch self {
            case .pushed, .doubted: true
            case .present, .superseded: false
            }
        }
    }

    package let name: EnvironmentName
    package let fate: Fate

    package init(_ name: EnvironmentName, _ fate: Fate) {
        self.name = name
        self.fate = fate
    }
}

extension RecoveredOutcome: CustomStringConvertible {
    /// A line that a person reads.
    package var description: String {
        switch fate {
        case .pushed: "\(name): the outcome that an earlier apply kept here is recorded now"
        case .present: "\(name): the outcome that an earlier apply kept here was recorded already"
        case .superseded:
            "\(name): the outcome that an earlier apply kept here is obsolete: its record was "
                + "changed, moved or forgotten since"
        case .doubted:
            "\(name): the branch went back to before an apply whose outcome is kept here: its "
                + "outcome counts as unknown, and the next apply sends it again"
        }
    }
}
