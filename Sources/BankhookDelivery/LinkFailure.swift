/// Why it is not known what BankConnect tried to deliver for a link.
package enum LinkFailure: Error, Equatable, Sendable {
    case read(ReadFailure)
    /// It was not asked any more: the question of another link failed in a way that concerns all.
    case notAsked
    /// This process was told to stop.
    case interrupted
}
