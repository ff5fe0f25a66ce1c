/// What a simulated history can come across. The suite asserts that its histories came across each.
enum Counter: String, CaseIterable {
    case retry, lostAnswer, cutOff, interruption
    case outcomeApplied, outcomeNotRecorded, outcomeFailed, outcomeInDoubt, outcomeSkipped
    case outcomeUnchanged, accountRefused
    /// An endpoint that did not pass, and one that had to and kept its environment from being sent.
    case probeFailed, probeStopped
    /// A failing apply that found a record in doubt, and left it so.
    case doubtKept
    case doubtEnded, intentRestored, removalRestored, restoreFailed
    case batch, leftOver, clockWrong, reasserted, orphaned
    case crashInCreate, crashInSync, crashInRename, crashInUnlink, crashInDirectorySync
    case crashInRequest, crashElsewhere, killed, powerLost, nameLost, contentLost
    case diskErrorInRead, diskErrorInCreate, diskErrorInSync, diskErrorInRename
    case diskErrorInUnlink, diskErrorInDirectorySync
}
