/// Why it is not known what BankConnect tried to deliver for a link.
package enum LinkFailure: Error, Equatable, Sendable {
    case read(ReadFailure)
    /// Its list holds a payload that names another link, or none: what it says of this one is not
    /// known.
    case otherLink(position: Int, linkID: String?)
    /// It was not asked any more: the question of another link failed in a way that concerns all.
    case notAsked
    /// This process was told to stop.
    case interrupted
}
