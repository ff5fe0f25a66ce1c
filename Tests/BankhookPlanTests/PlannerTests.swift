import BankhookModel
import BankhookPlan
import Testing

struct PlannerTests {
    private let plans = Plans()
    private let longToken = ["token": "0123456789abcdef"]

    @Test func `what is not recorded is registered`() throws {
        let change = try plans.change(plans.desired(), nil)
        #expect(change.action == .register)
        #expect(change.reasons == [.notRecorded])
        #expect(change.before == nil)
        #expect(change.after == (change.desired?.environment.registration))
        #expect(change.isAccountCompared)
    }

    @Test func `a first intent counts as not recorded, and its doubt is shown`() throws {
        let desired = try plans.desired()
        let record = try plans.firstIntent(of: desired)
        let change = try plans.change(desired, record)
        let since = try #require(record.pending?.unknownSince)
        #expect(change.action == .register)
        #expect(change.reasons == [.notRecorded, .outcomeUnknown(since: since)])
        #expect(change.before == nil)
    }

    @Test func `a record that agrees is unchanged`() throws {
        let desired = try plans.desired(secrets: longToken)
        let change = try plans.change(
            desired, plans.record(of: desired, secrets: longToken, age: 172_800))
        #expect(change.action == .unchanged)
        #expect(change.reasons == [.recorded(age: 172_800)])
        #expect(change.before == change.after)
    }

    @Test func `an imported record that agrees says that nothing was sent`() throws {
        let desired = try plans.desired()
        let change = try plans.change(desired, plans.record(of: desired, origin: .imported))
        #expect(change.action == .unchanged)
        #expect(change.reasons == [.imported(age: 3_600)])
    }

    @Test func `every field that differs is a reason with before and after`() throws {
        let old = try plans.desired()
        let new = try plans.desired(
            url: "https://other.example/", mode: .all,
            base: "https://apis-uat.bankconnect.finbox.in", flow: .session)
        let change = try plans.change(new, plans.record(of: old))
        #expect(change.action == .update)
        #expect(
            change.reasons == [
                .fieldChanged(.webhookURL, before: Plans.hook, after: "https://other.example/"),
                .fieldChanged(.webhookMode, before: "net_banking (0)", after: "all (3)"),
                .fieldChanged(
                    .baseURL, before: Plans.production,
                    after: "https://apis-uat.bankconnect.finbox.in"),
                .fieldChanged(.flow, before: "entity", after: "session"),
            ])
        #expect(change.before == old.environment.registration)
        #expect(change.after == new.environment.registration)
    }

    @Test(arguments: [
        "HTTPS://HOOKS.lender.example/bankconnect", "https://hooks.lender.example:443/bankconnect",
    ])
    func `another spelling of the same URL is no change`(url: String) throws {
        let record = try plans.record(of: plans.desired())
        #expect(try plans.change(plans.desired(url: url), record).action == .unchanged)
    }

    @Test func `another base URL or flow alone is no changed account`() throws {
        let record = try plans.record(of: plans.desired())
        let moved = try plans.desired(base: "https://apis-uat.bankconnect.finbox.in")
        #expect(try plans.change(moved, record).reasons.map(\.code) == ["field_changed"])
        let session = try plans.desired(flow: .session)
        #expect(try plans.change(session, record).reasons.map(\.code) == ["field_changed"])
    }

    @Test func `another key is a changed account`() throws {
        let record = try plans.record(of: plans.desired())
        let change = try plans.change(plans.desired(key: "key-2"), record)
        #expect(change.action == .update)
        #expect(change.reasons == [.accountChanged])
    }

    @Test func `secrets are not compared when the account changed`() throws {
        let url = Plans.hook + "/{token}"
        let old = try plans.desired(url: url)
        let record = try plans.record(of: old, secrets: longToken)
        let new = try plans.desired(
            url: url, key: "key-2", secrets: ["token": "another-token-of-theirs"])
        #expect(try plans.change(new, record).reasons == [.accountChanged])
    }

    @Test func `each rotated secret is a reason, by name`() throws {
        let url = Plans.hook + "/{b}/{a}/{c}"
        let old = ["a": "a-old-a-old-a-old", "b": "b-old-b-old-b-old", "c": "c-old-c-old-c-old"]
        var new = old
        new["a"] = "a-new-a-new-a-new"
        new["b"] = "b-new-b-new-b-new"
        let desired = try plans.desired(url: url, secrets: new)
        let change = try plans.change(desired, plans.record(of: desired, secrets: old))
        #expect(change.action == .update)
        #expect(change.reasons == [.secretRotated(name: "a"), .secretRotated(name: "b")])
    }

    @Test func `without credentials neither account nor secrets are compared`() throws {
        let record = try plans.record(of: plans.desired())
        let change = try plans.change(plans.desired(key: nil), record)
        #expect(change.action == .unchanged)
        #expect(!change.isAccountCompared)
    }

    @Test func `an unknown outcome joins an update, and alone is a reassert`() throws {
        let old = try plans.desired()
        let record = try plans.record(of: old, pending: plans.pending(of: old))
        let since = try #require(record.pending?.unknownSince)
        let same = try plans.change(old, record)
        #expect(same.action == .reassert)
        #expect(same.reasons == [.outcomeUnknown(since: since)])
        let moved = try plans.change(plans.desired(mode: .netBankingAndManual), record)
        #expect(moved.action == .update)
        #expect(moved.reasons.map(\.code) == ["field_changed", "outcome_unknown"])
    }

    @Test(arguments: [(86_399, false), (86_400, false), (86_401, true)])
    func `a record is due once it is older than reassert_after`(age: Int, isDue: Bool) throws {
        let desired = try plans.desired(reassertAfter: "1d")
        let change = try plans.change(desired, plans.record(of: desired, age: age))
        #expect(change.action == (isDue ? .reassert : .unchanged))
        let span = try #require(TimeSpan("1d"))
        #expect(
            change.reasons == [isDue ? .reassertDue(age: age, after: span) : .recorded(age: age)])
    }

    @Test func `an imported record is sent as soon as reassert_after is set`() throws {
        let desired = try plans.desired(reassertAfter: "7d")
        let change = try plans.change(
            desired, plans.record(of: desired, age: 1, origin: .imported))
        #expect(change.action == .reassert)
        #expect(change.reasons == [.importedNeverSent])
    }

    @Test(arguments: [(-300, false), (-301, true)])
    func `a record over five minutes in the future is sent again`(age: Int, isFuture: Bool) throws {
        let desired = try plans.desired()
        let record = try plans.record(of: desired, age: age)
        let change = try plans.change(desired, record)
        let moment = try #require(record.applied?.appliedAt)
        #expect(change.action == (isFuture ? .reassert : .unchanged))
        #expect(
            change.reasons == [isFuture ? .recordedInFuture(moment) : .recorded(age: age)])
    }

    @Test func `all reasons to reassert are listed`() throws {
        let desired = try plans.desired(reassertAfter: "1s")
        let record = try plans.record(
            of: desired, age: -400, origin: .imported, pending: plans.pending(of: desired))
        let codes = try plans.change(desired, record).reasons.map(\.code)
        #expect(codes == ["outcome_unknown", "imported", "recorded_in_future"])
    }

    @Test func `what is recorded and not declared is orphaned`() throws {
        let desired = try plans.desired("gone")
        let plan = plans.plan([], [try plans.record(of: desired)])
        let change = try #require(plan.changes.first)
        #expect(change.action == .orphaned)
        #expect(change.reasons == [.notDeclared])
        #expect(change.before == desired.environment.registration)
        #expect(change.after == nil)
        #expect(!change.isAccountCompared)
        #expect(!plan.sends)
        #expect(plan.warnings.isEmpty && plan.refusals.isEmpty)
    }

    @Test func `an orphan in doubt says so, as a warning too`() throws {
        let desired = try plans.desired("gone")
        let record = try plans.record(of: desired, pending: plans.pending(of: desired))
        let plan = plans.plan([], [record])
        let codes = try #require(plan.changes.first).reasons.map(\.code)
        #expect(codes == ["not_declared", "outcome_unknown"])
        #expect(plan.warnings.map(\.code) == [.orphanUnknown])
        #expect(plan.warnings.first?.environment == desired.name)
    }

    @Test func `changes come sorted by name, orphans among them, and are counted`() throws {
        let names = ["c", "a", "e"]
        let desired = try names.map { try plans.desired($0) }
        let orphans = try ["d", "b"].map { try plans.record(of: plans.desired($0)) }
        let plan = plans.plan(desired, orphans)
        #expect(plan.changes.map(\.name.text) == ["a", "b", "c", "d", "e"])
        #expect(plan.count(.register) == 3)
        #expect(plan.count(.orphaned) == 2)
        #expect(plan.count(.update) == 0)
        #expect(plan.sends)
    }

    @Test func `a target narrows declared and orphaned names alike`() throws {
        let desired = try ["a", "b"].map { try plans.desired($0) }
        let orphans = try ["c", "d"].map { try plans.record(of: plans.desired($0)) }
        let plan = plans.plan(desired, orphans) { ["b", "d"].contains($0.text) }
        #expect(plan.changes.map(\.name.text) == ["b", "d"])
        #expect(plan.changes.map(\.action) == [.register, .orphaned])
    }
}
