import BankhookModel
import BankhookPlan
import Testing

struct SafetyCheckTests {
    private let plans = Plans()

    @Test func `a protected environment refuses register and update, and nothing else`() throws {
        let desired = try plans.desired(isProtected: true)
        let record = try plans.record(of: desired)
        let moved = try plans.record(of: plans.desired(mode: .netBankingAndManual, key: nil))
        let doubtful = try plans.record(of: desired, pending: plans.pending(of: desired))
        #expect(plans.plan([desired]).refusals.map(\.allow) == [.protected])
        #expect(plans.plan([desired], [moved]).refusals.map(\.allow).contains(.protected))
        #expect(plans.plan([desired], [record]).refusals.isEmpty)
        #expect(plans.plan([desired], [doubtful]).refusals.isEmpty)
        let refusal = try #require(plans.plan([desired]).refusals.first)
        #expect(refusal.environment == desired.name)
        #expect(refusal.message == "production is protected")
    }

    @Test(arguments: [
        (Flow.entity, WebhookMode.netBankingAndManual, WebhookMode.netBanking, true),
        (.session, .netBankingAndManual, .netBanking, true), (.session, .all, .netBanking, true),
        (.entity, .netBanking, .netBankingAndManual, false),
        (.session, .netBanking, .all, false), (.entity, .netBanking, .netBanking, false),
    ])
    func `a mode that falls to 0 is refused and warned of`(
        flow: Flow, before: WebhookMode, after: WebhookMode, isRefused: Bool
    ) throws {
        let record = try plans.record(of: plans.desired(mode: before, flow: flow))
        let plan = plans.plan([try plans.desired(mode: after, flow: flow)], [record])
        #expect(plan.refusals.map(\.allow) == (isRefused ? [.modeDowngrade] : []))
        #expect(plan.warnings.map(\.code) == (isRefused ? [.modeDowngrade] : []))
        guard isRefused else { return }
        #expect(
            plan.refusals.first?.message
                == "production: the mode goes to net_banking (0), which stops webhooks for manual "
                + "uploads")
    }

    @Test func `a downgrade is measured against the higher of applied and pending`() throws {
        let low = try plans.desired(mode: .netBanking)
        let high = try plans.desired(mode: .netBankingAndManual)
        let doubtful = try plans.record(of: low, pending: plans.pending(of: high))
        let first = try plans.firstIntent(of: high)
        let back = try plans.record(of: high, pending: plans.pending(of: low))
        for record in [doubtful, first, back] {
            #expect(plans.plan([low], [record]).refusals.map(\.allow) == [.modeDowngrade])
            #expect(plans.plan([high], [record]).refusals.isEmpty)
        }
    }

    @Test func `an orphan's mode is no downgrade`() throws {
        let record = try plans.record(of: plans.desired(mode: .netBankingAndManual))
        #expect(plans.plan([], [record]).refusals.isEmpty)
    }

    @Test(arguments: [
        // Limit, recorded, updates, registers, whether it is refused.
        ("0", 0, 0, 5, false), ("0", 1, 0, 1, true), ("0", 1, 1, 0, true),
        ("2", 5, 2, 0, false), ("2", 5, 3, 0, true), ("2", 5, 1, 1, false),
        ("2", 5, 1, 2, true), ("2", 2, 0, 3, true),
        ("10%", 9, 9, 9, false), ("10%", 10, 1, 0, false), ("10%", 10, 2, 0, true),
        ("10%", 11, 2, 0, false), ("10%", 11, 1, 1, false), ("10%", 11, 3, 0, true),
        ("0%", 10, 0, 1, true), ("0%", 10, 0, 0, false), ("100%", 10, 10, 0, false),
        ("100%", 10, 10, 1, true), ("30%", 11, 4, 0, false), ("30%", 11, 5, 0, true),
    ])
    func `max_changes counts updates and, beside a record, registers`(
        limit: String, recorded: Int, updates: Int, registers: Int, isRefused: Bool
    ) throws {
        let plan = try fleet(limit, recorded: recorded, updates: updates, registers: registers)
        #expect(plan.refusals.map(\.allow) == (isRefused ? [.maxChanges] : []))
    }

    @Test func `the refusal says how many, of how many, and under which limit`() throws {
        let plan = try fleet("10%", recorded: 11, updates: 3, registers: 1)
        let refusal = try #require(plan.refusals.first)
        #expect(refusal.environment == nil)
        #expect(
            refusal.message
                == "4 changes are more than policy.max_changes 10% allows (2 of 11 recorded)")
    }

    @Test func `reasserts count as no change`() throws {
        let desired = try (0..<3).map { try plans.desired("e\($0)") }
        let records = try desired.map {
            try plans.record(of: $0, pending: plans.pending(of: $0))
        }
        let plan = plans.plan(desired, records, policy: try policy("0"))
        #expect(plan.count(.reassert) == 3)
        #expect(plan.refusals.isEmpty)
    }

    @Test func `a first intent is no recorded environment`() throws {
        let desired = try (0..<12).map { try plans.desired("e\($0)") }
        let intents = try desired.map { try plans.firstIntent(of: $0) }
        // Were they counted, the percentage would take effect.
        #expect(plans.plan(desired, intents, policy: try policy("10%")).refusals.isEmpty)
        #expect(plans.plan(desired, intents, policy: try policy("0")).refusals.isEmpty)
    }

    @Test func `a target narrows the changes, never what they are measured against`() throws {
        let all = try fleet("10%", recorded: 20, updates: 4, registers: 0)
        #expect(all.refusals.map(\.allow) == [.maxChanges])
        let two = try fleet("10%", recorded: 20, updates: 4, registers: 0) {
            ["e0", "e1"].contains($0.text)
        }
        // Two of the twenty that are recorded, not two of two.
        #expect(two.count(.update) == 2)
        #expect(two.refusals.isEmpty)
        let three = try fleet("10%", recorded: 20, updates: 4, registers: 0) {
            ["e0", "e1", "e2"].contains($0.text)
        }
        #expect(
            three.refusals.map(\.message) == [
                "3 changes are more than policy.max_changes 10% allows (2 of 20 recorded)"
            ])
    }

    @Test func `a shard narrows neither side of max_changes`() throws {
        let desired = try (0..<4).map { try plans.desired("e\($0)", mode: .netBanking) }
        let records = try desired.map {
            try plans.record(of: plans.desired($0.name.text, mode: .netBankingAndManual))
        }
        let shard = try #require(Shard("2/3"))
        let planner = Planner(policy: try policy("3"), now: plans.now)
        let plan = planner.plan(desired: desired, records: records, shard: shard)
        #expect(plan.changes.allSatisfy { shard.contains($0.name) })
        #expect(plan.changes.count < desired.count)
        #expect(
            plan.refusals.filter { $0.allow == .maxChanges }.map(\.message) == [
                "4 changes are more than policy.max_changes 3 allows (3 of 4 recorded)"
            ])
        // What is refused of one environment is refused where it is sent.
        #expect(
            Set(plan.refusals.compactMap(\.environment)) == Set(plan.changes.map(\.name)))
    }

    @Test func `orphans are recorded environments too`() throws {
        let orphans = try (0..<20).map { try plans.record(of: plans.desired("gone\($0)")) }
        let desired = try (0..<2).map { try plans.desired("new\($0)") }
        #expect(plans.plan(desired, orphans, policy: try policy("10%")).refusals.isEmpty)
        #expect(plans.plan(desired, orphans, policy: try policy("5%")).refusals.count == 1)
    }

    /// Environments of which so many are recorded, so many of those differ, and so many are new.
    private func fleet(
        _ limit: String, recorded: Int, updates: Int, registers: Int,
        isTargeted: (EnvironmentName) -> Bool = { _ in true }
    ) throws -> Plan {
        let declared = try (0..<recorded).map { number in
            try plans.desired(
                "e\(number)", mode: number < updates ? .netBankingAndManual : .netBanking)
        }
        let new = try (0..<registers).map { try plans.desired("n\($0)") }
        let records = try declared.map { environment in
            try plans.record(of: plans.desired(environment.name.text))
        }
        return plans.plan(
            declared + new, records, policy: try policy(limit), isTargeted: isTargeted)
    }

    private func policy(_ limit: String) throws -> Policy {
        let limit = try #require(ChangeLimit(limit))
        return Policy(webhookHosts: nil, apiHosts: [], maxChanges: limit)
    }
}
