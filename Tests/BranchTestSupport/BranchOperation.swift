/// What a run asks of its clone and of the remote, for a test that wants something to go wrong in it.
package enum BranchOperation: Equatable, Sendable {
    case fetch
    case commit(isKept: Bool)
    case push(commit: String)
    case compare(commit: String, with: String)
    case readTip
    case remember
    case readKept
    case forget

    package var isPush: Bool {
        if case .push = self { true } else { false }
    }
}
