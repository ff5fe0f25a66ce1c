/// What a simulated history of a shared branch can come across. The suite asserts that its histories
/// came across each.
enum BranchCounter: String, CaseIterable {
    case lostRace, lostAnswerRecognised, latePush, refusedPush, failedFetch, failedCommit
    case leasedWait, leaseEnded, leaseGivenBack, takenOver, renewal, unlocked, unlockedAlive
    case keptPushedLate, keptPresent, keptSuperseded, keptAtEnd
    case plannedAnew, requestRefused, takenBack
    case died, diedInPush, diedInRequest, stopped, stoppedPastLease, interrupted, clockWrong
    case rewritten, missing, prompted, sharedClone
    case outcomeApplied, outcomeNotRecorded, outcomeFailed, outcomeInDoubt, outcomeSkipped
    case outcomeUnchanged, lostAnswerOfServer, probeFailed, probeStopped
}
