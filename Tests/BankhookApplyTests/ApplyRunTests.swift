import BankConnectAPI
import BankhookApply
import BankhookModel
import BankhookPlan
import BankhookState
import Testing

@Suite struct ApplyRunTests {
    private static func status(_ status: Int, _ body: String = "") -> Answer {
        .response(
            Answer.Response(
                status: status, body: AnswerBody(bytes: Array(body.utf8), contentType: nil)))
    }

    @Test func `a first registration is recorded as serial 1`() async throws {
        let fixture = ApplyFixture()
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .applied)
        #expect(outcome.isRecordChanged)
        let record = try #require(fixture.store.record("uat"))
        #expect(record.serial == 1)
        #expect(record.previous == nil)
        #expect(record.pending == nil)
        #expect(record.applied?.registration.mode == .netBankingAndManual)
        #expect(fixture.store.log.count == 2)
    }

    @Test func `the chain names the settled version before`() async throws {
        let fixture = ApplyFixture()
        _ = try await fixture.apply([try ApplyFixture.environment("uat")])
        let first = try #require(fixture.store.record("uat"))
        _ = try await fixture.apply([try ApplyFixture.environment("uat", mode: .netBanking)])
        let second = try #require(fixture.store.record("uat"))
        #expect(second.serial == 2)
        #expect(second.lineage == first.lineage)
        #expect(second.previous == RecordCodec.checksum(of: first))
    }

    @Test func `an unresolved intent is carried over and then replaced by the outcome`()
        async throws
    {
        let fixture = ApplyFixture([Self.status(200), Self.status(201), Self.status(204)])
        let before = try ApplyFixture.environment("uat")
        let after = try ApplyFixture.environment("uat", mode: .netBanking)
        _ = try await fixture.apply([before])
        let settled = try #require(fixture.store.record("uat"))

        let doubtful = try #require(await fixture.apply([after]).first)
        #expect(doubtful.outcome == .inDoubt)
        let first = try #require(fixture.store.record("uat")?.pending)
        #expect(first.settled == RecordCodec.checksum(of: settled))
        #expect(fixture.store.record("uat")?.serial == settled.serial)

        await fixture.time.applyTime.pause(.seconds(60))
        _ = try await fixture.apply([after])
        let second = try #require(fixture.store.record("uat")?.pending)
        #expect(second.unknownSince == first.unknownSince)
        #expect(second.holder.startedAt > first.holder.startedAt)
        #expect(second.settled == first.settled)
    }

    @Test(arguments: [400, 401, 403, 404, 301])
    func `a refusal leaves the record byte for byte as it was`(status: Int) async throws {
        let fixture = ApplyFixture([Self.status(200), Self.status(status)])
        _ = try await fixture.apply([try ApplyFixture.environment("uat")])
        let before = fixture.store.bytes(of: "uat")
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat", mode: .netBanking)]).first)
        #expect(outcome.outcome == .failed)
        #expect(outcome.status == status)
        #expect(!outcome.isRecordChanged)
        #expect(fixture.store.bytes(of: "uat") == before)
        #expect(fixture.api.requests.count == 2)
    }

    @Test func `a refused first registration leaves no file`() async throws {
        let fixture = ApplyFixture([Self.status(400)])
        _ = try await fixture.apply([try ApplyFixture.environment("uat")])
        #expect(fixture.store.bytes(of: "uat") == nil)
    }

    @Test func `a time-out followed by 401 leaves the record in doubt`() async throws {
        let fixture = ApplyFixture([.timedOut, Self.status(401)])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .inDoubt)
        #expect(outcome.attempts == 2)
        #expect(fixture.store.record("uat")?.pending != nil)
    }

    @Test func `an old unresolved intent survives a 400`() async throws {
        let fixture = ApplyFixture([Self.status(202), Self.status(400)])
        let environment = try ApplyFixture.environment("uat")
        _ = try await fixture.apply([environment])
        let before = try #require(fixture.store.bytes(of: "uat"))
        let outcome = try #require(await fixture.apply([environment]).first)
        #expect(outcome.outcome == .inDoubt)
        #expect(fixture.store.bytes(of: "uat") == before)
    }

    @Test func `an intent that cannot be written sends nothing`() async throws {
        let fixture = ApplyFixture()
        fixture.store.failWrite(1)
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .failed)
        #expect(outcome.problem?.code == "not_recorded")
        #expect(fixture.api.requests.isEmpty)
    }

    @Test func `an outcome that cannot be written is never called applied`() async throws {
        let fixture = ApplyFixture()
        fixture.store.failWrite(2)
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .appliedButNotRecorded)
        #expect(fixture.store.record("uat")?.pending != nil)
        #expect(fixture.store.record("uat")?.applied == nil)
    }

    @Test func `an outcome that was written and may not last leaves its intent in the file`()
        async throws
    {
        let fixture = ApplyFixture()
        fixture.store.failWrite(2)
        fixture.store.failLate()
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .appliedButNotRecorded)
        #expect(fixture.store.record("uat")?.pending != nil)
    }

    @Test func `a store that fails from the start leaves nothing changed and says so`()
        async throws
    {
        let fixture = ApplyFixture()
        fixture.store.failWrite(1)
        fixture.store.failRestores()
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .failed)
        #expect(!outcome.isRecordChanged)
    }

    @Test func `a refusal in doubt says why it is one`() async throws {
        let fixture = ApplyFixture([.timedOut, Self.status(400)])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(
            outcome.problem?.message
                == "answered 400; an earlier attempt or apply may have arrived")
    }

    @Test(arguments: [
        (201, "answered 201; the vendor promises 200"),
        (303, "answered 303; the vendor promises 200"), (503, "answered 503"),
        (408, "answered 408"),
    ])
    func `an answer that is in doubt by itself blames no earlier attempt`(
        status: Int, message: String
    ) async throws {
        let fixture = ApplyFixture([Self.status(status)])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .inDoubt)
        #expect(outcome.problem?.message == message)
    }

    @Test func `a refusal that cannot be taken back is in doubt`() async throws {
        let fixture = ApplyFixture([Self.status(400)])
        fixture.store.failRestores()
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .inDoubt)
        #expect(outcome.isRecordChanged)
        let message = try #require(outcome.problem?.message)
        #expect(message.hasPrefix("answered 400; its intent could not be taken back: uat.json"))
    }

    @Test func `429 on every attempt is a failure`() async throws {
        let fixture = ApplyFixture([Self.status(429)])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .failed)
        #expect(outcome.attempts == 5)
        #expect(fixture.time.pauses == [500, 1_000, 2_000, 4_000].map(Duration.milliseconds))
    }

    @Test func `no attempt starts later than three minutes after the first`() async throws {
        let slow = Answer.response(Answer.Response(status: 503, retryAfter: .seconds(60)))
        let fixture = ApplyFixture([slow])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.attempts == 4)
        #expect(outcome.outcome == .inDoubt)
    }

    @Test func `the account of a 401 is not tried again`() async throws {
        let fixture = ApplyFixture([Self.status(401)])
        let outcomes = try await fixture.apply(
            [
                try ApplyFixture.environment("a"), try ApplyFixture.environment("b"),
                try ApplyFixture.environment("c"),
            ], accounts: ["a": "shared", "b": "shared"])
        #expect(outcomes.map(\.outcome) == [.failed, .skipped, .failed])
        #expect(outcomes[1].problem?.code == "account_refused")
        #expect(fixture.api.requests.count == 2)
    }

    @Test func `one failure does not stop the others`() async throws {
        let fixture = ApplyFixture([Self.status(400), Self.status(200)])
        let outcomes = try await fixture.apply([
            try ApplyFixture.environment("a"), try ApplyFixture.environment("b"),
        ])
        #expect(outcomes.map(\.outcome) == [.failed, .applied])
    }

    @Test func `a record that changed after the plan is not written over`() async throws {
        let fixture = ApplyFixture()
        let environment = try ApplyFixture.environment("uat")
        _ = try await fixture.apply([environment])
        let other = try #require(fixture.store.record("uat"))
        let planned = ApplyFixture()
        let outcomes = try await planned.apply([environment])
        #expect(outcomes.count == 1)
        // The same plan again: its register no longer fits what the store holds.
        planned.store.put(other)
        let plan = try await stalePlan(environment)
        let outcome = try #require(await planned.run(plan).first)
        #expect(outcome.outcome == .failed)
        #expect(planned.api.requests.count == 1)
        #expect(planned.store.record("uat") == other)
    }

    @Test func `an interrupt while a request is under way starts nothing new`() async throws {
        let fixture = ApplyFixture()
        fixture.api.onRequest { fixture.interruption.request(signal: 15) }
        let outcomes = try await fixture.apply([
            try ApplyFixture.environment("a"), try ApplyFixture.environment("b"),
        ])
        #expect(outcomes.map(\.outcome) == [.applied, .skipped])
        #expect(fixture.store.bytes(of: "b") == nil)
    }

    @Test func `an interrupt while the intent is written keeps the request from leaving`()
        async throws
    {
        let fixture = ApplyFixture()
        fixture.store.onWrite { fixture.interruption.request(signal: 15) }
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .skipped)
        #expect(fixture.api.requests.isEmpty)
        #expect(fixture.store.bytes(of: "uat") == nil)
    }

    @Test func `an interrupt ends a wait`() async throws {
        let fixture = ApplyFixture([.timedOut])
        fixture.api.onRequest { fixture.interruption.request(signal: 15) }
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .inDoubt)
        #expect(outcome.attempts == 1)
    }

    @Test func `a secret that the answer echoes is not shown`() async throws {
        let fixture = ApplyFixture([Self.status(400, "no such key: key-of-account-uat")])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        let message = try #require(outcome.problem?.message)
        #expect(message == "answered 400: <redacted>")
    }

    @Test func `text that is no JSON is a success with a warning`() async throws {
        let fixture = ApplyFixture([Self.status(200, "fine")])
        let outcome = try #require(
            await fixture.apply([try ApplyFixture.environment("uat")]).first)
        #expect(outcome.outcome == .applied)
        #expect(outcome.warning != nil)
    }

    @Test func `a hundred environments are each recorded, whatever the parallelism`() async throws {
        let fixture = ApplyFixture()
        let environments = try (100..<200).map { try ApplyFixture.environment("e\($0)") }
        let outcomes = try await fixture.apply(environments, parallelism: 16)
        #expect(outcomes.count { $0.outcome == .applied } == 100)
        #expect(fixture.store.records.count == 100)
    }

    private func stalePlan(_ environment: Environment) async throws -> Plan {
        Planner(policy: .none, now: Timestamp(secondsSinceEpoch: 0)).plan(
            desired: [
                DesiredEnvironment(
                    environment: environment, secrets: try ApplyFixture.secrets("uat"))
            ], records: [])
    }

    @Test func `what cannot be sent is a failure, never unchanged`() async throws {
        let fixture = ApplyFixture()
        let environment = try ApplyFixture.environment("uat")
        let plan = Planner(policy: .none, now: fixture.time.now).plan(
            desired: [DesiredEnvironment(environment: environment, secrets: nil)], records: [])
        let outcomes = await fixture.run(plan)
        #expect(outcomes.map(\.outcome) == [.failed])
        #expect(outcomes.first?.problem?.code == "no_request")
        #expect(fixture.api.requests.isEmpty && fixture.store.log.isEmpty)
    }
}
