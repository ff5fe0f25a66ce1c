internal import BankConnectAPI
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Logging
internal import SourceText

/// Carries out what one environment's `ApplyStep` asks for, and tells it what happened.
struct EnvironmentDriver {
    let change: Change
    let environment: Environment
    let secrets: SecretValues
    let request: UpdateWebhookRequest
    let store: any RecordStore
    let api: any WebhookAPI
    let time: RunTime
    let writer: RecordWriter
    /// Its intent, where it is recorded already.
    let prepared: IntentRecord?
    /// Whether its endpoint was to be tried, and why it did not pass.
    let probe: ProbeDemand
    let probeFailure: EndpointProbe.Failure?
    let makeID: @Sendable () -> String
    private var log: Logger

    /// When its first request left; before that, when it began.
    private var began = Duration.zero
    private var snapshot: RecordSnapshot?
    private var intent: Record?
    private var lastAnswer: Answer?

    init(
        change: Change, environment: Environment, secrets: SecretValues,
        request: UpdateWebhookRequest, store: any RecordStore, api: any WebhookAPI,
        time: RunTime, writer: RecordWriter, prepared: IntentRecord?,
        probe: ProbeDemand, probeFailure: EndpointProbe.Failure?,
        makeID: @Sendable @escaping () -> String, log: Logger
    ) {
        self.change = change
        self.environment = environment
        self.secrets = secrets
        self.request = request
        self.store = store
        self.api = api
        self.time = time
        self.writer = writer
        self.prepared = prepared
        self.probe = probe
        self.probeFailure = probeFailure
        snapshot = prepared?.snapshot
        intent = prepared?.record
        self.makeID = makeID
        self.log = log
        self.log[metadataKey: "environment"] = "\(change.name)"
    }

    mutating func run(_ place: ApplyPlace) async -> EnvironmentOutcome {
        defer { place.leave() }
        await place.enter()
        began = time.elapsed()
        var step = ApplyStep(
            wasInDoubt: change.record?.pending != nil, probe: probe,
            isIntentRecorded: prepared != nil)
        var event = firstEvent(place)
        var isInterruptionTold = false
        while true {
            var effects = [ApplyStep.Effect]()
            // Before the event, so that an intent that was just recorded is not sent any more.
            if place.isInterrupted, !isInterruptionTold {
                isInterruptionTold = true
                effects = step.handle(.interrupted)
            }
            if effects.isEmpty { effects = step.handle(event) }
            place.follow(step)
            switch effects.first {
            case .finish(let outcome): return self.outcome(outcome, of: step)
            case .some(let effect): event = await carryOut(effect, place)
            // No event that is made here comes too late; were one to, doubt is what is left.
            case nil: return outcome(.inDoubt(.interrupted), of: step)
            }
        }
    }

    private func firstEvent(_ place: ApplyPlace) -> ApplyStep.Event {
        if prepared != nil { return .intentRecorded }
        if place.isInterrupted || Task.isCancelled { return .interrupted }
        return refusal(place) ?? .begun
    }

    private func refusal(_ place: ApplyPlace) -> ApplyStep.Event? {
        place.refusedAccounts.refusal(of: request).map { .accountRefused(.accountRefused(by: $0)) }
    }

    private mutating func carryOut(_ effect: ApplyStep.Effect, _ place: ApplyPlace)
        async -> ApplyStep.Event
    {
        switch effect {
        // It was tried before anybody's intent was recorded.
        case .probe: .probed(probeFailure.map(Cause.probeFailed))
        case .recordIntent: await recordIntent()
        case .takeTurn: await takeTurn(place)
        case .send: await send(place)
        case .wait(let wait): await pause(wait, place)
        case .recordApplied: await recordApplied()
        case .recordIntentAgain: await recordIntentAgain()
        case .restoreRecord: await restoreRecord()
        case .finish: .interrupted
        }
    }

    // MARK: Effects

    private mutating func recordIntent() async -> ApplyStep.Event {
        do throws(StateError) {
            let snapshot = try store.snapshot(of: change.name)
            guard snapshot.decoded?.record == change.record else {
                return .intentNotRecorded(
                    .storeFailed("its record changed after the plan was made; run it again"))
            }
            self.snapshot = snapshot
            let intent = writer.intent(
                change.action, after: snapshot, newLineage: newLineage, at: time.now())
            self.intent = intent
            guard let intent else { return .intentNotRecorded(.storeFailed("no lineage")) }
            try await store.write(intent, temporary: makeID())
            return .intentRecorded
        } catch {
            return .intentNotRecorded(Cause(error))
        }
    }

    private func newLineage() -> String {
        change.firstLineage?.text ?? makeID()
    }

    private mutating func takeTurn(_ place: ApplyPlace) async -> ApplyStep.Event {
        guard await place.takeTurn() else { return .interrupted }
        began = time.elapsed()
        if let refusal = refusal(place) { return refusal }
        return await lostLease() ?? .turnCame
    }

    /// What to tell where the lock would not last as long as a request may; nil where it does.
    private func lostLease() async -> ApplyStep.Event? {
        do throws(StateError) {
            try await store.prepareRequest(
                for: change.name, lasting: environment.timeout.duration)
            return nil
        } catch {
            return .leaseLost(Cause(error))
        }
    }

    private mutating func send(_ place: ApplyPlace) async -> ApplyStep.Event {
        let start = time.elapsed()
        let answer = await api.update(request)
        lastAnswer = answer
        let milliseconds = Int(((time.elapsed() - start) / .milliseconds(1)).rounded())
        // Never the answer itself where there is one: its body may quote anything.
        log.debug(
            "request ended",
            metadata: [
                "duration_ms": "\(milliseconds)", "method": "POST", "url": "\(request.url)",
                "result": "\(answer.status.map(String.init) ?? "\(answer)")",
            ])
        if answer.status == 401 || answer.status == 403 {
            place.refusedAccounts.add(request, for: change.name)
        }
        return .attempted(Verdict(answer, flow: request.flow))
    }

    private func pause(_ wait: RetryWait, _ place: ApplyPlace) async -> ApplyStep.Event {
        let delay: Duration
        switch wait {
        case .backoff: delay = time.random(wait.longest)
        case .asked(let asked): delay = asked
        }
        guard time.elapsed() + delay - began <= RetryWait.limit else { return .outOfTime }
        log.debug(
            "waiting before the next attempt",
            metadata: ["duration_ms": "\(Int((delay / .milliseconds(1)).rounded()))"])
        let pause = time.pause
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await pause(delay) }
            group.addTask { await place.interruption.wait() }
            await group.next()
            group.cancelAll()
        }
        if place.isInterrupted || Task.isCancelled { return .interrupted }
        return await lostLease() ?? .waited
    }

    private func recordApplied() async -> ApplyStep.Event {
        guard let intent else { return .outcomeNotRecorded(.storeFailed("no intent")) }
        guard let record = writer.applied(intent, at: time.now()) else {
            return .outcomeNotRecorded(.storeFailed("no intent"))
        }
        do throws(StateError) {
            try await store.write(record, temporary: makeID())
            return .outcomeRecorded
        } catch {
            return .outcomeNotRecorded(Cause(error))
        }
    }

    private func restoreRecord() async -> ApplyStep.Event {
        // Without a snapshot nothing was written.
        guard let snapshot else { return .restored }
        do throws(StateError) {
            try await store.restore(snapshot, temporary: makeID())
            return .restored
        } catch {
            // It failed, and perhaps there was nothing to put back: what counts is what is there.
            let now = try? store.snapshot(of: change.name)
            if now?.bytes == snapshot.bytes, now != nil { return .restored }
            return .notRestored(Cause(error))
        }
    }

    private func recordIntentAgain() async -> ApplyStep.Event {
        guard let intent else { return .intentNotRecorded(.storeFailed("no intent")) }
        do throws(StateError) {
            try await store.write(intent, temporary: makeID())
            return .intentRecorded
        } catch {
            return .intentNotRecorded(Cause(error))
        }
    }

    // MARK: Outcome

    private func outcome(_ outcome: Outcome, of step: ApplyStep) -> EnvironmentOutcome {
        var reported = EnvironmentOutcome(
            name: change.name, action: change.action, outcome: outcome.word,
            attempts: step.attempted, status: lastAnswer?.status,
            duration: time.elapsed() - began,
            problem: outcome.cause.map { cause in
                CauseText(cause, environment: environment, secrets: secrets)
                    .problem(in: outcome)
            },
            warning: outcome == .applied ? oddBody : nil,
            isRecordChanged: step.leavesRecordChanged)
        if probe == .wanted, let probeFailure {
            reported.probeWarning =
                PrintableText(
                    "its probe failed: \(probeFailure.message); \(probeFailure.hint)"
                ).description
        }
        return reported
    }

    private var oddBody: String? {
        guard case .response(let response)? = lastAnswer, !response.body.isBlank,
            !response.body.isJSON
        else { return nil }
        return "answered 200 with something that is no JSON: "
            + ForeignText(response.body.text, secrets: secrets.all).shown
    }
}
