package import BankConnectAPI

/// One environment's way through an apply, as a value: events in, effects out.
///
/// There is no disk, network, clock or task in here. A driver carries each effect out and reports
/// what happened as the next event; a simulation does the same with fakes. Two facts decide what a
/// failure may claim: whether an attempt of this apply may have arrived, and whether the record was
/// in doubt before it began. Doubt ends with a 200 and with nothing else.
package struct ApplyStep: Equatable, Sendable {
    package enum Event: Equatable, Sendable {
        case begun
        /// The endpoint was tried; nil where it passed.
        case probed(Cause?)
        /// Another environment of this account was refused before this one sent anything.
        case accountRefused(Cause)
        case intentRecorded
        case intentNotRecorded(Cause)
        /// A request may leave.
        case turnCame
        case attempted(Verdict)
        case waited
        /// The next attempt would start too late.
        case outOfTime
        case outcomeRecorded
        case outcomeNotRecorded(Cause)
        case restored
        case notRestored(Cause)
        /// The lock may end before a request would.
        case leaseLost(Cause)
        /// Start nothing new.
        case interrupted
    }

    package enum Effect: Equatable, Sendable {
        /// Try the endpoint.
        case probe
        case recordIntent
        /// Intents are written ahead: wait until fewer requests are under way.
        case takeTurn
        case send
        case wait(RetryWait)
        case recordApplied
        /// Write the intent once more: an outcome that may not last must not look settled.
        case recordIntentAgain
        /// Put the record back, byte for byte, to what it held before this apply.
        case restoreRecord
        case finish(Outcome)
    }

    package enum State: Equatable, Sendable {
        case ready
        case probing
        case recordingIntent
        case awaitingTurn
        case sending(attempt: Int)
        case waiting(nextAttempt: Int, because: Cause)
        case recordingApplied
        /// The outcome could not be recorded.
        case recordingDoubt(Outcome)
        case restoring(Outcome)
        case finished
    }

    /// The most attempts that one environment gets.
    package static let attempts = 5

    package private(set) var state = State.ready
    /// How many requests were sent, or tried to be.
    package private(set) var attempted = 0
    /// Whether this apply leaves the record different from how it found it.
    package private(set) var leavesRecordChanged = false
    private var mayHaveArrived = false
    private var isInterrupted = false
    private let wasInDoubt: Bool
    private let probe: ProbeDemand

    /// `wasInDoubt`: the record holds an intent that an earlier apply never resolved.
    /// `probe`: whether the endpoint is tried first.
    /// `isIntentRecorded`: this apply's own is recorded already, with those of the whole plan, and
    /// `intentRecorded` is the first event.
    package init(
        wasInDoubt: Bool, probe: ProbeDemand = .none, isIntentRecorded: Bool = false
    ) {
        self.wasInDoubt = wasInDoubt
        self.probe = probe
        state = isIntentRecorded ? .recordingIntent : .ready
    }

    /// Whether a request may still leave, or is under way.
    package var maySend: Bool {
        switch state {
        case .ready, .probing, .recordingIntent, .awaitingTurn, .sending, .waiting: true
        case .recordingApplied, .recordingDoubt, .restoring, .finished: false
        }
    }

    /// Whether the record holds, or may hold, an intent for which nothing was sent yet.
    package var isAhead: Bool { attempted == 0 && state != .finished }

    /// Takes an event and tells what to do next; an event that comes too late does nothing.
    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.ready, .begun):
            probe == .none
                ? move(to: .recordingIntent, .recordIntent) : move(to: .probing, .probe)
        case (.ready, .interrupted), (.probing, .interrupted):
            finish(.skipped(.interrupted))
        case (.probing, .probed(let cause)):
            judgeProbe(cause)
        case (.ready, .accountRefused(let cause)):
            finish(.skipped(cause))
        case (.recordingIntent, .interrupted), (.sending, .interrupted):
            rememberInterrupt()
        case (.recordingIntent, .intentRecorded):
            isInterrupted
                ? restore(.skipped(.interrupted)) : move(to: .awaitingTurn, .takeTurn)
        case (.recordingIntent, .intentNotRecorded(let cause)):
            // The write may have happened after all; putting the record back settles it.
            restore(wasInDoubt ? .inDoubt(cause) : .failed(cause))
        case (.awaitingTurn, .turnCame):
            send(attempt: 1)
        case (.awaitingTurn, .interrupted):
            restore(.skipped(.interrupted))
        case (.awaitingTurn, .accountRefused(let cause)), (.awaitingTurn, .leaseLost(let cause)):
            restore(.skipped(cause))
        case (.sending(let attempt), .attempted(let verdict)):
            judge(verdict, attempt: attempt)
        case (.waiting(let attempt, _), .waited):
            send(attempt: attempt)
        case (.waiting(_, let cause), .interrupted), (.waiting(_, let cause), .outOfTime),
            (.waiting, .leaseLost(let cause)):
            giveUp(cause)
        case (.recordingApplied, .outcomeRecorded):
            finish(.applied, leavingRecordChanged: true)
        case (.recordingApplied, .outcomeNotRecorded(let cause)):
            move(to: .recordingDoubt(.appliedButNotRecorded(cause)), .recordIntentAgain)
        case (.recordingDoubt(let outcome), .intentRecorded),
            (.recordingDoubt(let outcome), .intentNotRecorded):
            finish(outcome, leavingRecordChanged: true)
        case (.restoring(let outcome), .restored):
            finish(outcome)
        case (.restoring(let outcome), .notRestored(let cause)):
            finish(doubt(about: outcome, because: cause), leavingRecordChanged: true)
        default:
            []
        }
    }

    /// Nothing was written or sent yet; a doubt that was there before stays one.
    private mutating func judgeProbe(_ cause: Cause?) -> [Effect] {
        guard let cause, probe == .required else {
            return move(to: .recordingIntent, .recordIntent)
        }
        return finish(wasInDoubt ? .inDoubt(cause) : .failed(cause))
    }

    private mutating func judge(_ verdict: Verdict, attempt: Int) -> [Effect] {
        switch verdict {
        case .applied:
            return move(to: .recordingApplied, .recordApplied)
        case .inDoubt(let cause):
            return finish(.inDoubt(cause), leavingRecordChanged: true)
        case .cutOff:
            return finish(.inDoubt(.interrupted), leavingRecordChanged: true)
        case .refused(let cause):
            return giveUp(cause)
        case .retry(let cause, let arrived, let asked):
            if arrived == .possible { mayHaveArrived = true }
            guard attempt < ApplyStep.attempts, !isInterrupted else { return giveUp(cause) }
            return move(
                to: .waiting(nextAttempt: attempt + 1, because: cause),
                .wait(asked.map(RetryWait.asked) ?? .backoff(afterAttempt: attempt)))
        }
    }

    /// A failure takes back only what this apply wrote, and only where nothing can have arrived.
    private mutating func giveUp(_ cause: Cause) -> [Effect] {
        if mayHaveArrived { return finish(.inDoubt(cause), leavingRecordChanged: true) }
        return restore(wasInDoubt ? .inDoubt(cause) : .failed(cause))
    }

    private mutating func restore(_ outcome: Outcome) -> [Effect] {
        move(to: .restoring(outcome), .restoreRecord)
    }

    /// An intent that cannot be taken back stays in the record: the environment is in doubt.
    private func doubt(about outcome: Outcome, because cause: Cause) -> Outcome {
        guard let first = outcome.cause, case .storeFailed(let problem) = cause else {
            return .inDoubt(cause)
        }
        return .inDoubt(.notTakenBack(first, problem))
    }

    private mutating func send(attempt: Int) -> [Effect] {
        attempted = attempt
        return move(to: .sending(attempt: attempt), .send)
    }

    private mutating func rememberInterrupt() -> [Effect] {
        isInterrupted = true
        return []
    }

    private mutating func move(to next: State, _ effect: Effect) -> [Effect] {
        state = next
        return [effect]
    }

    private mutating func finish(_ outcome: Outcome, leavingRecordChanged: Bool = false)
        -> [Effect]
    {
        leavesRecordChanged = leavingRecordChanged
        return move(to: .finished, .finish(outcome))
    }
}
