extension RecordEvent {
    /// What became of the record.
    package enum Kind: String, CaseIterable, Sendable {
        /// The first version, and BankConnect confirmed it.
        case registered
        /// The first version, taken over from the configuration without sending.
        case imported
        /// Another registration, account or secret than before.
        case updated
        /// The same registration, sent again.
        case reasserted
        /// The record of another environment until now.
        case moved
        /// An intent with a lease: the lock of a run, whose request comes next.
        case intent
        /// An intent was committed: whether its request arrived is unknown.
        case inDoubt = "in_doubt"
        /// An intent was taken back, for nothing was registered.
        case withdrawn
        /// An older version took the place of a newer one.
        case rolledBack = "rolled_back"
        /// A version that history held before, or a readable one after a damaged one.
        case restored
        /// The oldest version that history holds, and not the first one.
        case firstSeen = "first_seen"
        /// The file was removed.
        case forgotten
        /// What the file holds is no record.
        case damaged
        /// What the file held is not in this clone.
        case unread

        /// Whether the version came of a run of its own, so that the run which it names is that one.
        var isOwnRequest: Bool {
            switch self {
            case .registered, .imported, .updated, .reasserted, .intent, .inDoubt, .firstSeen: true
            case .moved, .withdrawn, .rolledBack, .restored, .forgotten, .damaged, .unread: false
            }
        }
    }
}
