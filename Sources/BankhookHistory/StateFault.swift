package import BankhookState

/// What is wrong with a state file, or with a version of a record that history holds.
package enum StateFault: Sendable {
    /// A file as it stands.
    case file(StateError)
    /// A version that was committed and is no record.
    case damagedVersion(RecordDamage)
    /// A record that no apply could have written.
    case inconsistent(serial: Int, String)
    /// It names a version of the same or a higher serial as the one before.
    case notHigher(serial: Int, than: Int)
    /// It names another version as the one before than history holds.
    case otherPrevious(serial: Int)
    /// History lacks serials before it; `after` is that of the version which it names, where history
    /// holds that one, and 0 where it names none.
    case gap(serial: Int, after: Int?)
    /// Two versions of one serial, and none after them that came from both.
    case forked(serial: Int, commits: [String])
    /// The file is older than what HEAD's own history holds, which is an intent where
    /// `laterSerial` is no higher.
    case rolledBack(serial: Int, laterSerial: Int)
    /// HEAD's own history has another lineage under the name of the record: a later one, or one of
    /// which nobody can tell which came first.
    case rival(serial: Int, isLater: Bool)

    /// The serial of the version that it is about; 0 where there is none.
    package var serial: Int {
        switch self {
        case .file, .damagedVersion: 0
        case .inconsistent(let serial, _), .notHigher(let serial, _), .otherPrevious(let serial),
            .gap(let serial, _), .forked(let serial, _), .rolledBack(let serial, _),
            .rival(let serial, _):
            serial
        }
    }
}

extension StateFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): error.description
        case .damagedVersion(let damage): "it is damaged: \(damage)"
        case .inconsistent(let serial, let problem): "serial \(serial): \(problem)"
        case .notHigher(let serial, let other):
            "serial \(serial) names serial \(other) as the version before it"
        case .otherPrevious(let serial):
            "serial \(serial) does not follow from the serial \(serial - 1) that history holds"
        case .gap(let serial, let after?) where after > 0:
            "serial \(serial) follows serial \(after), and history does not hold those between"
        case .gap(let serial, _?):
            "serial \(serial) says that it is the first, and history does not hold those before it"
        case .gap(let serial, nil):
            "serial \(serial) follows a version that was never committed"
        case .forked(let serial, let commits) where commits.count > 1:
            "two applies made serial \(serial): commits \(commits.joined(separator: " and "))"
        case .forked(let serial, let commits):
            "two applies made serial \(serial): commit \(commits.joined()) holds the other one"
        case .rolledBack(let serial, let later) where later > serial:
            "it was rolled back to serial \(serial), and history holds serial \(later)"
        case .rolledBack(let serial, _):
            "it was rolled back to serial \(serial), and history holds an intent after it"
        case .rival(_, isLater: true):
            "it was rolled back to a record that was forgotten meanwhile"
        case .rival(_, isLater: false):
            "history holds another record of this name, which does not come before it"
        }
    }

    /// What to do about it.
    package var wayOut: String {
        switch self {
        case .file(let error): error.wayOut
        case .damagedVersion(.newerSchema): RecordDamage.wayOutOfNewerSchema
        case .damagedVersion, .inconsistent, .notHigher, .otherPrevious:
            "see in that commit who changed it; to be sure of what is registered, send it again "
                + "with apply --reassert; state forget and apply begin a new chain"
        case .gap:
            "commit the records after every apply; a version that is lost stays so, and state "
                + "forget and apply begin a new chain"
        case .forked, .rolledBack, .rival:
            "run bankhook apply --reassert: it sends that environment again"
        }
    }
}
