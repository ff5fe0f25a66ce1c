import BankhookModel
import BankhookPlan
import Testing

struct OrphanMatchTests {
    private let plans = Plans()
    private let other = "https://other.example/hook"

    private func reasons(_ plan: Plan, of name: String) -> [String]? {
        plan.changes.first { $0.name.text == name }?.reasons.map(\.message)
    }

    // MARK: The hint

    @Test func `an orphan of the same registration and account is a hint to move it`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let plan = plans.plan([try plans.desired("new")], [record])
        #expect(
            reasons(plan, of: "new") == [
                "not recorded; if this is 'old' under a new name: bankhook state move old new"
            ])
        let change = try #require(plan.changes.first)
        #expect(change.action == .register)
        #expect(change.reasons.map(\.code) == ["not_recorded"])
    }

    @Test func `another registration or account is no hint`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        for desired in [
            try plans.desired("new", url: other), try plans.desired("new", key: "key-2"),
            try plans.desired("new", mode: .netBankingAndManual),
            try plans.desired("new", url: other, key: nil),
        ] {
            #expect(reasons(plans.plan([desired], [record]), of: "new") == ["not recorded"])
        }
    }

    @Test func `without credentials the hint says that the account was not compared`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let plan = plans.plan([try plans.desired("new", key: nil)], [record])
        #expect(
            reasons(plan, of: "new") == [
                "not recorded; if this is 'old' under a new name: bankhook state move old new "
                    + "(account not compared)"
            ])
    }

    @Test func `without credentials one of several orphans is not singled out`() throws {
        let records = try ["a", "b"].map { try plans.record(of: try plans.desired($0)) }
        let plan = plans.plan([try plans.desired("new", key: nil)], records)
        #expect(
            reasons(plan, of: "new") == [
                "not recorded; 2 orphans have this registration (account not compared): if this is "
                    + "one of them under a new name, bankhook state move OLD new"
            ])
    }

    @Test func `a name that is recorded, if only as an intent, gets no hint`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let desired = try plans.desired("new")
        let plan = plans.plan([desired], [record, try plans.firstIntent(of: desired)])
        #expect(reasons(plan, of: "new")?.first == "not recorded")
    }

    @Test func `two names never get the same orphan`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let plan = plans.plan([try plans.desired("new-1"), try plans.desired("new-2")], [record])
        #expect(reasons(plan, of: "new-1")?.first?.contains("state move old new-1") == true)
        #expect(reasons(plan, of: "new-2") == ["not recorded"])
    }

    @Test func `targets narrow the plan and not the search`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let plan = plans.plan([try plans.desired("new")], [record]) { $0.text == "new" }
        #expect(reasons(plan, of: "new")?.first?.contains("state move old new") == true)
        #expect(plan.warnings.isEmpty)
    }

    // MARK: The warning

    @Test func `an orphan whose account a declared environment uses is a warning`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let user = try plans.desired("user", url: other)
        let plan = plans.plan([user], [record, try plans.record(of: user)])
        #expect(plan.warnings.map(\.code) == [.sharedCredentials])
        #expect(plan.warnings.first?.environment?.text == "old")
        #expect(
            plan.warnings.first?.message
                == "'user' uses its account, where only one URL is registered; bankhook state forget "
                + "old drops this record")
    }

    @Test func `an orphan that a name can be moved from is a warning that says no forget`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        let plan = plans.plan([try plans.desired("new")], [record])
        #expect(
            plan.warnings.map(\.message) == [
                "'new' uses its account and wants the same registration"
            ])
    }

    @Test func `another account, host or flow is no warning`() throws {
        let record = try plans.record(of: try plans.desired("old"))
        for user in [
            try plans.desired("user", url: other, key: "key-2"),
            try plans.desired("user", url: other, flow: .session),
            try plans.desired("user", base: "https://apis-uat.bankconnect.finbox.in"),
        ] {
            #expect(plans.plan([user], [record]).warnings.isEmpty)
        }
    }

    @Test func `a whole fleet that was renamed is matched name by name`() throws {
        let count = 2_000
        let old = try (0..<count).map { number in
            let desired = try plans.desired("old-\(10_000 + number)")
            return try plans.record(of: desired, key: "key-\(number)")
        }
        let new = try (0..<count).map { number in
            try plans.desired("new-\(10_000 + number)", key: "key-\(number)")
        }
        let plan = plans.plan(new, old)
        let moves = plan.changes.count { change in
            let old = change.name.text.replacing("new", with: "old")
            return change.reasons.first?.message.contains("state move \(old) ") == true
        }
        #expect(moves == count)
        #expect(plan.warnings.allSatisfy { $0.code == .sharedCredentials })
    }

    @Test func `a comparison that would be too long is cut short and said`() throws {
        let old = try (0..<300).map { number in
            try plans.record(of: try plans.desired("old-\(number)"), key: "old-key-\(number)")
        }
        let new = try (0..<300).map { number in
            try plans.desired("new-\(number)", url: other, key: "key-\(number)")
        }
        let warnings = plans.plan(new, old).warnings
        #expect(warnings.map(\.code) == [.accountNotCompared])
        #expect(
            warnings.first?.message.contains(
                "orphans were not compared with every account in use: too many") == true)
    }
}
