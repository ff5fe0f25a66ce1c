import BankConnectAPI
import BankhookApply
import Testing

@Suite struct ApplyStepTests {
    private let timedOut = Verdict.retry(.answer(.timedOut), arrived: .possible)
    private let refusedConnection = Verdict.retry(.answer(.connectionRefused), arrived: .impossible)
    private let unauthorized = Cause.answer(.response(Answer.Response(status: 401)))
    private let full = Cause.storeFailed("no space")

    @Test func `the intent is recorded before anything is sent`() {
        var step = ApplyStep(wasInDoubt: false)
        #expect(step.handle(.begun) == [.recordIntent])
        #expect(step.handle(.intentRecorded) == [.takeTurn])
        #expect(step.handle(.turnCame) == [.send])
    }

    @Test func `an intent written ahead is taken back when the run is interrupted`() {
        var step = ahead()
        #expect(step.handle(.interrupted) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.skipped(.interrupted))])
        #expect(!step.leavesRecordChanged)
    }

    @Test func `an intent written ahead is taken back when its account is refused`() {
        var step = ahead()
        #expect(step.handle(.accountRefused(unauthorized)) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.skipped(unauthorized))])
        #expect(step.attempted == 0)
    }

    @Test func `an intent written ahead that cannot be taken back is a doubt`() {
        var step = ahead()
        _ = step.handle(.interrupted)
        #expect(
            step.handle(.notRestored(full))
                == [.finish(.inDoubt(.notTakenBack(.interrupted, "no space")))])
        #expect(step.leavesRecordChanged)
    }

    @Test func `a request may leave until its verdict, waits included, and is ahead until then`() {
        var step = ApplyStep(wasInDoubt: false)
        let way: [ApplyStep.Event] = [.begun, .intentRecorded]
        for event in way {
            #expect(step.maySend && step.isAhead)
            _ = step.handle(event)
        }
        for event in [.turnCame, .attempted(timedOut), .waited] as [ApplyStep.Event] {
            #expect(step.maySend)
            _ = step.handle(event)
            #expect(!step.isAhead)
        }
        _ = step.handle(.attempted(.applied))
        #expect(!step.maySend)
    }

    @Test func `success is claimed only once it is recorded`() {
        var step = sending()
        #expect(step.handle(.attempted(.applied)) == [.recordApplied])
        #expect(step.handle(.outcomeRecorded) == [.finish(.applied)])
        #expect(step.leavesRecordChanged)
    }

    @Test func `a success that cannot be recorded says so and keeps its intent`() {
        var step = sending()
        _ = step.handle(.attempted(.applied))
        // The write may have happened and not last: the intent must be what the file says.
        #expect(step.handle(.outcomeNotRecorded(full)) == [.recordIntentAgain])
        #expect(step.handle(.intentRecorded) == [.finish(.appliedButNotRecorded(full))])
        #expect(step.leavesRecordChanged)
    }

    @Test func `an intent that cannot be recorded leaves an old doubt a doubt`() {
        var step = ApplyStep(wasInDoubt: true)
        _ = step.handle(.begun)
        _ = step.handle(.intentNotRecorded(full))
        #expect(step.handle(.restored) == [.finish(.inDoubt(full))])
    }

    @Test func `an intent that may have been recorded and cannot be taken back is a doubt`() {
        var step = ApplyStep(wasInDoubt: false)
        _ = step.handle(.begun)
        _ = step.handle(.intentNotRecorded(full))
        #expect(
            step.handle(.notRestored(full))
                == [.finish(.inDoubt(.notTakenBack(full, "no space")))])
        #expect(step.leavesRecordChanged)
    }

    @Test func `an intent that cannot be recorded sends nothing and is taken back`() {
        var step = ApplyStep(wasInDoubt: false)
        _ = step.handle(.begun)
        #expect(step.handle(.intentNotRecorded(full)) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.failed(full))])
        #expect(step.attempted == 0)
    }

    @Test func `a refusal puts the record back`() {
        var step = sending()
        #expect(step.handle(.attempted(.refused(unauthorized))) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.failed(unauthorized))])
        #expect(!step.leavesRecordChanged)
    }

    @Test func `a refusal whose record cannot be put back is in doubt`() {
        var step = sending()
        _ = step.handle(.attempted(.refused(unauthorized)))
        #expect(
            step.handle(.notRestored(full))
                == [.finish(.inDoubt(.notTakenBack(unauthorized, "no space")))])
        #expect(step.leavesRecordChanged)
    }

    @Test func `a refusal after a time-out leaves the environment in doubt`() {
        var step = sending()
        _ = step.handle(.attempted(timedOut))
        _ = step.handle(.waited)
        #expect(
            step.handle(.attempted(.refused(unauthorized))) == [.finish(.inDoubt(unauthorized))])
    }

    @Test func `a refusal of a record that was in doubt restores it and stays in doubt`() {
        var step = sending(wasInDoubt: true)
        #expect(step.handle(.attempted(.refused(unauthorized))) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.inDoubt(unauthorized))])
    }

    @Test func `five attempts are made, each after a wait, and no more`() {
        var step = sending()
        for attempt in 1..<5 {
            #expect(
                step.handle(.attempted(timedOut)) == [.wait(.backoff(afterAttempt: attempt))])
            #expect(step.handle(.waited) == [.send])
        }
        #expect(step.handle(.attempted(timedOut)) == [.finish(.inDoubt(.answer(.timedOut)))])
        #expect(step.attempted == 5)
    }

    @Test func `what never arrived fails when its attempts are used up`() {
        var step = sending()
        for _ in 1..<5 {
            _ = step.handle(.attempted(refusedConnection))
            _ = step.handle(.waited)
        }
        #expect(step.handle(.attempted(refusedConnection)) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.failed(.answer(.connectionRefused)))])
    }

    @Test func `a server's wish replaces the backoff`() {
        var step = sending()
        let asked = Verdict.retry(unauthorized, arrived: .impossible, after: .seconds(3))
        #expect(step.handle(.attempted(asked)) == [.wait(.asked(.seconds(3)))])
    }

    @Test func `an attempt that would start too late is not made`() {
        var step = sending()
        _ = step.handle(.attempted(refusedConnection))
        #expect(step.handle(.outOfTime) == [.restoreRecord])
    }

    @Test func `an interrupt while sending lets the answer count but starts nothing new`() {
        var step = sending()
        #expect(step.handle(.interrupted) == [])
        #expect(step.handle(.attempted(timedOut)) == [.finish(.inDoubt(.answer(.timedOut)))])

        step = sending()
        _ = step.handle(.interrupted)
        #expect(step.handle(.attempted(.applied)) == [.recordApplied])
    }

    @Test func `an interrupt before the request restores the record`() {
        var step = ApplyStep(wasInDoubt: false)
        _ = step.handle(.begun)
        #expect(step.handle(.interrupted) == [])
        #expect(step.handle(.intentRecorded) == [.restoreRecord])
        #expect(step.handle(.restored) == [.finish(.skipped(.interrupted))])
    }

    @Test func `an interrupt before anything began skips`() {
        var step = ApplyStep(wasInDoubt: false)
        #expect(step.handle(.interrupted) == [.finish(.skipped(.interrupted))])
    }

    @Test func `an interrupt while waiting gives up at once`() {
        var step = sending()
        _ = step.handle(.attempted(refusedConnection))
        #expect(step.handle(.interrupted) == [.restoreRecord])

        step = sending()
        _ = step.handle(.attempted(timedOut))
        #expect(step.handle(.interrupted) == [.finish(.inDoubt(.answer(.timedOut)))])
    }

    @Test func `a request that is cut off is in doubt`() {
        var step = sending()
        #expect(step.handle(.attempted(.cutOff)) == [.finish(.inDoubt(.interrupted))])
    }

    @Test func `an account that was refused elsewhere is not tried`() {
        var step = ApplyStep(wasInDoubt: false)
        #expect(step.handle(.accountRefused(unauthorized)) == [.finish(.skipped(unauthorized))])
    }

    @Test func `nothing follows the end`() {
        var step = sending()
        _ = step.handle(.attempted(.cutOff))
        for event in [ApplyStep.Event.attempted(.applied), .waited, .restored, .interrupted] {
            #expect(step.handle(event) == [])
        }
    }

    @Test(arguments: zip(1...8, [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]))
    func `a backoff doubles up to ten seconds`(attempt: Int, milliseconds: Int) {
        #expect(
            RetryWait.backoff(afterAttempt: attempt).longest == .milliseconds(milliseconds))
    }

    // MARK: Probes

    private let unreachable = Cause.probeFailed(
        EndpointProbe.Failure(message: "answered 201", hint: "answer 200"))

    @Test(arguments: [ProbeDemand.wanted, .required])
    func `an endpoint is tried before the intent is recorded`(demand: ProbeDemand) {
        var step = ApplyStep(wasInDoubt: false, probe: demand)
        #expect(step.handle(.begun) == [.probe])
        #expect(step.maySend && step.isAhead)
        #expect(step.handle(.probed(nil)) == [.recordIntent])
        #expect(step.handle(.intentRecorded) == [.takeTurn])
    }

    @Test func `a required probe that fails writes and sends nothing`() {
        var step = ApplyStep(wasInDoubt: false, probe: .required)
        _ = step.handle(.begun)
        #expect(step.handle(.probed(unreachable)) == [.finish(.failed(unreachable))])
        #expect(step.attempted == 0 && !step.leavesRecordChanged && !step.isAhead)
    }

    @Test func `a required probe that fails leaves an old doubt a doubt`() {
        var step = ApplyStep(wasInDoubt: true, probe: .required)
        _ = step.handle(.begun)
        #expect(step.handle(.probed(unreachable)) == [.finish(.inDoubt(unreachable))])
        #expect(!step.leavesRecordChanged)
    }

    @Test func `a probe that need not pass stops nothing`() {
        var step = ApplyStep(wasInDoubt: false, probe: .wanted)
        _ = step.handle(.begun)
        #expect(step.handle(.probed(unreachable)) == [.recordIntent])
    }

    @Test func `an interrupt while an endpoint is tried skips`() {
        var step = ApplyStep(wasInDoubt: false, probe: .wanted)
        _ = step.handle(.begun)
        #expect(step.handle(.interrupted) == [.finish(.skipped(.interrupted))])
        #expect(step.handle(.probed(nil)) == [])
    }

    private func ahead(wasInDoubt: Bool = false) -> ApplyStep {
        var step = ApplyStep(wasInDoubt: wasInDoubt)
        _ = step.handle(.begun)
        _ = step.handle(.intentRecorded)
        return step
    }

    private func sending(wasInDoubt: Bool = false) -> ApplyStep {
        var step = ahead(wasInDoubt: wasInDoubt)
        _ = step.handle(.turnCame)
        return step
    }
}
