import BankhookModel
import BankhookPlan
import Testing

/// What a plan makes of a record's history.
struct HistoryTests {
    private let plans = Plans()
    private let rollback = RecordHistory.Finding(
        rolledBackFrom: "4f2c9e1", isForked: false, ahead: nil, highestSerial: 5)
    private let fork = RecordHistory.Finding(
        rolledBackFrom: nil, isForked: true, ahead: nil, highestSerial: 3)
    private let behind = RecordHistory.Finding(
        rolledBackFrom: nil, isForked: false,
        ahead: .init(commit: "4f2c9e1", ref: "refs/heads/x\u{202E}::error::"), highestSerial: 7)

    private func plan(
        _ desired: DesiredEnvironment, _ record: Record, _ finding: RecordHistory.Finding?,
        coverage: RecordHistory.Coverage = .complete, policy: Policy = .none,
        overridesAhead: Bool = false
    ) -> Plan {
        Planner(
            policy: policy, now: plans.now,
            history: RecordHistory(
                coverage: coverage, findings: finding.map { [record.lineage: $0] } ?? [:]),
            overridesAhead: overridesAhead
        ).plan(desired: [desired], records: [record])
    }

    @Test func `a record that was rolled back or forked is sent again`() throws {
        let desired = try plans.desired()
        let record = try plans.record(of: desired)
        let rolledBack = plan(desired, record, rollback)
        #expect(rolledBack.changes.first?.action == .reassert)
        #expect(
            rolledBack.changes.first?.reasons == [.rolledBack(commit: "4f2c9e1", ref: nil)])
        #expect(rolledBack.changes.first?.finding?.highestSerial == 5)
        #expect(rolledBack.refusals.isEmpty)
        #expect(plan(desired, record, fork).changes.first?.reasons == [.forked])
    }

    @Test func `an update lists a rollback too`() throws {
        let record = try plans.record(of: plans.desired(mode: .netBankingAndManual))
        let change = try #require(plan(try plans.desired(), record, rollback).changes.first)
        #expect(change.action == .update)
        #expect(change.reasons.map(\.code) == ["field_changed", "rolled_back"])
    }

    @Test func `where another ref is ahead nothing changes, and apply refuses`() throws {
        let desired = try plans.desired()
        let plan = plan(desired, try plans.record(of: desired), behind)
        #expect(plan.changes.first?.action == .unchanged)
        #expect(!plan.sends)
        #expect(plan.warnings.map(\.code) == [.stateBehind])
        #expect(plan.warnings.first?.environment == desired.name)
        #expect(plan.refusals.map(\.allow) == [.stateBehind])
        for message in plan.warnings.map(\.message) + plan.refusals.map(\.message) {
            #expect(message.contains("refs/heads/x\\u{202E}::error::"))
            #expect(message.contains("merge it, or rebase on it"))
        }
    }

    @Test func `overridden, it is a rollback of its own`() throws {
        let desired = try plans.desired()
        let plan = plan(desired, try plans.record(of: desired), behind, overridesAhead: true)
        #expect(plan.changes.first?.action == .reassert)
        #expect(plan.changes.first?.reasons.map(\.code) == ["rolled_back"])
        #expect(plan.refusals.map(\.allow) == [.stateBehind])
    }

    @Test func `a protected environment refuses every one of them, all names at once`() throws {
        let desired = try plans.desired(isProtected: true)
        let record = try plans.record(of: desired)
        #expect(plan(desired, record, nil).refusals.isEmpty)
        #expect(plan(desired, record, rollback).refusals.map(\.allow) == [.protected])
        #expect(plan(desired, record, fork).refusals.map(\.allow) == [.protected])
        #expect(
            plan(desired, record, behind).refusals.map(\.allow) == [.protected, .stateBehind])
    }

    @Test func `they count as changes, a reassert of another reason does not`() throws {
        let policy = Policy(webhookHosts: nil, apiHosts: [], maxChanges: ChangeLimit("0"))
        let desired = try plans.desired(reassertAfter: "1s")
        let record = try plans.record(of: desired)
        #expect(plan(desired, record, nil, policy: policy).refusals.isEmpty)
        for finding in [rollback, fork] {
            #expect(
                plan(desired, record, finding, policy: policy).refusals.map(\.allow)
                    == [.maxChanges])
        }
    }

    @Test func `an orphan's history is nobody's business`() throws {
        let record = try plans.record(of: plans.desired())
        let plan = Planner(
            policy: .none, now: plans.now,
            history: RecordHistory(coverage: .complete, findings: [record.lineage: behind])
        ).plan(desired: [], records: [record])
        #expect(plan.warnings.isEmpty)
        #expect(plan.refusals.isEmpty)
    }

    @Test func `history that could not be looked at is a warning and stands beside the age`()
        throws
    {
        let desired = try plans.desired()
        let plan = plan(
            desired, try plans.record(of: desired), nil,
            coverage: .incomplete("it is shallow", wayOut: "fetch it"))
        #expect(plan.warnings.map(\.code) == [.historyIncomplete])
        #expect(plan.warnings.first?.message == "it is shallow; fetch it")
        #expect(plan.warnings.first?.environment == nil)
        #expect(
            plan.changes.first?.reasons == [.recorded(age: 3_600, isHistoryChecked: false)])
    }
}
