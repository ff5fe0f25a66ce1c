internal import BankhookHistory
internal import BankhookModel

/// One environment over time: what was known of it from when to when, and what happened.
struct Lane {
    /// What the records said.
    enum State: Hashable {
        case nothing
        case registered(WebhookMode)
        /// A request was on its way, and nobody knows whether it arrived.
        case inDoubt
        case unreadable
    }

    /// A stretch of one state, in hundredths of the width.
    struct Band: Equatable {
        let start: Double
        let end: Double
        let state: State
    }

    /// Events that stand so near to each other that one mark tells of all of them.
    struct Mark {
        let position: Double
        let shape: MarkShape
        /// Numbers in the list of events, newest first.
        let events: [Int]
    }

    let name: EnvironmentName
    let bands: [Band]
    let marks: [Mark]
    /// What stands in the store.
    let record: Record?
    /// The number of the newest event.
    let newest: Int
    /// The name that the record has now, where it moved away.
    let movedTo: EnvironmentName?
}
