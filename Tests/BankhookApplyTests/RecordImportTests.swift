import BankConnectAPI
import BankhookApply
import BankhookModel
import BankhookPlan
import BankhookState
import Testing

struct RecordImportTests {
    private let fixture = ApplyFixture()
    private static let lineage = "00000000-0000-4000-8000-000000000001"

    private func run(lineage: String = lineage) async throws -> RecordChangeError? {
        let holder = LockHolder(
            id: "holder", host: "runner", process: 7, run: "https://ci.example/1",
            startedAt: fixture.time.now)
        let work = RecordImport(
            of: try ApplyFixture.environment("uat"), secrets: try ApplyFixture.secrets("uat"),
            holder: holder, tool: "bankhook test")
        do throws(RecordChangeError) {
            try await work.run(in: fixture.store, at: fixture.time.now) { lineage }
            return nil
        } catch {
            return error
        }
    }

    @Test func `an import is a first settled version that says that nothing was sent`()
        async throws
    {
        #expect(try await run() == nil)
        let record = try #require(fixture.store.record("uat"))
        #expect(record.serial == 1 && record.previous == nil && record.pending == nil)
        #expect(record.lineage.text == RecordImportTests.lineage)
        #expect(record.applied?.origin == .imported)
        #expect(record.applied?.appliedAt == fixture.time.now)
        #expect(record.applied?.run == "https://ci.example/1")
        #expect(
            record.applied?.registration == (try ApplyFixture.environment("uat")).registration)
    }

    @Test func `a plan compares what was imported and never calls it applied`() async throws {
        #expect(try await run() == nil)
        let desired = DesiredEnvironment(
            environment: try ApplyFixture.environment("uat"),
            secrets: try ApplyFixture.secrets("uat"))
        let plan = Planner(policy: .none, now: fixture.time.now).plan(
            desired: [desired], records: fixture.store.records)
        #expect(plan.changes.map(\.action) == [.unchanged])
        #expect(plan.changes.first?.reasons.map(\.code) == ["imported"])
        let other = DesiredEnvironment(
            environment: try ApplyFixture.environment("uat"),
            secrets: try ApplyFixture.secrets("other"))
        let changed = Planner(policy: .none, now: fixture.time.now).plan(
            desired: [other], records: fixture.store.records)
        #expect(changed.changes.first?.reasons == [.accountChanged])
    }

    @Test func `an apply after an import is the next version of its chain`() async throws {
        #expect(try await run() == nil)
        let imported = try #require(fixture.store.record("uat"))
        let changed = try ApplyFixture.environment("uat", url: "https://new.lender.example/")
        #expect(try await fixture.apply([changed]).map(\.outcome) == [.applied])
        let record = try #require(fixture.store.record("uat"))
        #expect(record.serial == 2 && record.lineage == imported.lineage)
        #expect(record.previous == RecordCodec.checksum(of: imported))
        #expect(record.applied?.origin == .applied)
    }

    @Test func `what is recorded already is not imported`() async throws {
        #expect(try await run() == nil)
        let bytes = fixture.store.bytes(of: "uat")
        let again = try await run(lineage: "00000000-0000-4000-8000-000000000002")
        #expect(again?.description == "'uat' is recorded already; nothing was changed")
        #expect(fixture.store.bytes(of: "uat") == bytes)
    }

    @Test func `a first intent in doubt is resolved by an apply and not by an import`()
        async throws
    {
        let doubtful = ApplyFixture([.response(Answer.Response(status: 201))])
        let environment = try ApplyFixture.environment("uat")
        #expect(try await doubtful.apply([environment]).map(\.outcome) == [.inDoubt])
        fixture.store.put(try #require(doubtful.store.record("uat")))
        let bytes = fixture.store.bytes(of: "uat")
        let error = try await run()
        #expect(error?.wayOut == "run bankhook apply: sending again is safe")
        #expect(fixture.store.bytes(of: "uat") == bytes)
    }

    @Test func `a write that fails is not called imported`() async throws {
        fixture.store.failWrite(1)
        let error = try await run()
        #expect(error?.description.contains("uat.json") == true)
        #expect(fixture.store.bytes(of: "uat") == nil)
    }
}
