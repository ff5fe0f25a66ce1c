import BankhookModel
import BankhookState
import Testing

@testable import BankhookHistory

/// What became of a record, from the versions on both sides of a commit.
@Suite struct TimelineBuilderTests {
    private let uat = TimelineRecords()

    private func event(
        from before: FileVersion, to after: FileVersion, earlier: [FileVersion] = [],
        isBoundary: Bool = false
    ) throws -> RecordEvent? {
        let name = try #require(EnvironmentName("uat"))
        var builder = TimelineBuilder()
        var last = FileVersion.absent
        for version in earlier {
            builder.add([.init(environment: name, before: last, after: version)], in: nil)
            last = version
        }
        let count = builder.events.count
        builder.add(
            [.init(environment: name, before: before, after: after)], in: nil,
            isBoundary: isBoundary)
        return builder.events.count > count ? builder.events.first : nil
    }

    private func kind(
        from before: FileVersion, to after: FileVersion, earlier: [FileVersion] = [],
        isBoundary: Bool = false
    ) throws -> RecordEvent.Kind? {
        try event(from: before, to: after, earlier: earlier, isBoundary: isBoundary)?.kind
    }

    @Test func `a first version was registered, or imported`() throws {
        #expect(try kind(from: .absent, to: .record(uat(1))) == .registered)
        var imported = uat
        imported.origin = .imported
        #expect(try kind(from: .absent, to: .record(imported(1))) == .imported)
    }

    @Test func `the same registration was sent again, another one is an update`() throws {
        #expect(try kind(from: .record(uat(1)), to: .record(uat(2))) == .reasserted)
        var other = uat
        other.url = "https://hooks.lender.example/b"
        other.mode = .netBankingAndManual
        let update = try event(from: .record(uat(1)), to: .record(other(2)))
        #expect(update?.kind == .updated)
        #expect(update?.changedFields == [.webhookURL, .webhookMode])
        #expect(update?.registrationBefore?.webhookURL.text == uat.url)
        #expect(update?.registrationAfter?.webhookURL.text == other.url)
    }

    @Test func `a rotated secret is told, and nothing of secrets where the account changed`() throws
    {
        var before = uat
        before.secrets = ["token": "hmac-sha256:1111111111111111"]
        var after = uat
        after.secrets = ["token": "hmac-sha256:2222222222222222"]
        let rotated = try event(from: .record(before(1)), to: .record(after(2)))
        #expect(rotated?.kind == .updated)
        #expect(rotated?.changedFields == [.secret("token")])
        after.account = "hmac-sha256:fedcba9876543210"
        let moved = try event(from: .record(before(1)), to: .record(after(2)))
        #expect(moved?.changedFields == [.account])
    }

    @Test func `an intent that was committed is in doubt, and its end is an update`() throws {
        var intent = uat
        intent.pending = "https://hooks.lender.example/b"
        let doubt = try event(from: .record(uat(1)), to: .record(intent(1)))
        #expect(doubt?.kind == .inDoubt)
        #expect(doubt?.registrationBefore?.webhookURL.text == uat.url)
        #expect(doubt?.registrationAfter?.webhookURL.text == intent.pending)
        #expect(doubt?.run == "https://ci.example/runs/2")
        #expect(doubt?.revision == nil)
        var settled = uat
        settled.url = "https://hooks.lender.example/b"
        #expect(try kind(from: .record(intent(1)), to: .record(settled(2))) == .updated)
        #expect(try kind(from: .absent, to: .record(intent(0))) == .inDoubt)
        #expect(try kind(from: .record(intent(0)), to: .record(settled(1))) == .registered)
    }

    @Test func `an intent that vanished is a rollback, with a lease it was withdrawn`() throws {
        var intent = uat
        intent.pending = "https://hooks.lender.example/b"
        #expect(try kind(from: .record(intent(1)), to: .record(uat(1))) == .rolledBack)
        intent.expires = TimelineRecords.moment
        #expect(try kind(from: .record(intent(1)), to: .record(uat(1))) == .withdrawn)
    }

    @Test func `an intent with a lease is no doubt until it is carried over`() throws {
        var intent = uat
        intent.pending = "https://hooks.lender.example/b"
        intent.expires = TimelineRecords.moment
        #expect(try kind(from: .record(uat(1)), to: .record(intent(1))) == .intent)
        #expect(try kind(from: .absent, to: .record(intent(0))) == .intent)
        #expect(try kind(from: .record(intent(0)), to: .absent) == .withdrawn)
        intent.isCarriedOver = true
        #expect(try kind(from: .record(uat(1)), to: .record(intent(1))) == .inDoubt)
    }

    @Test func `a lower serial is a rollback, never an update`() throws {
        var other = uat
        other.url = "https://hooks.lender.example/b"
        let event = try event(from: .record(uat(3)), to: .record(other(2)))
        #expect(event?.kind == .rolledBack)
        #expect(event?.run == nil)
    }

    @Test func `a removed file was forgotten, and what comes after it begins anew`() throws {
        let gone = try event(from: .record(uat(2)), to: .absent)
        #expect(gone?.kind == .forgotten)
        #expect(gone?.registrationBefore?.webhookURL.text == uat.url)
        #expect(gone?.registrationAfter == nil)
        var anew = uat
        anew.lineage = TimelineRecords.second
        let event = try event(
            from: .record(uat(2)), to: .record(anew(1)), earlier: [.record(uat(1))])
        #expect(event?.kind == .registered)
        #expect(event?.beginsAnew == true)
        #expect(event?.changedFields == [])
    }

    @Test func `what history held before is restored, or a rollback over another record`() throws {
        let old = try FileVersion.record(uat(1))
        #expect(try kind(from: .absent, to: old, earlier: [old, .absent]) == .restored)
        var anew = uat
        anew.lineage = TimelineRecords.second
        let newer = try FileVersion.record(anew(1))
        #expect(try kind(from: newer, to: old, earlier: [old, newer]) == .rolledBack)
    }

    @Test func `a later version than the first is the first that history has`() throws {
        #expect(try kind(from: .absent, to: .record(uat(4))) == .firstSeen)
        #expect(try kind(from: .absent, to: .record(uat(1)), isBoundary: true) == .firstSeen)
        #expect(try kind(from: .unread, to: .record(uat(1))) == .firstSeen)
    }

    @Test func `damage is named, and what follows it is restored`() throws {
        let damaged = try event(from: .record(uat(1)), to: .damaged("it is empty"))
        #expect(damaged?.kind == .damaged)
        #expect(damaged?.problem == "it is empty")
        #expect(try kind(from: .damaged("it is empty"), to: .record(uat(1))) == .restored)
        #expect(try kind(from: .record(uat(1)), to: .unread) == .unread)
        #expect(try kind(from: .damaged("it is empty"), to: .absent) == .forgotten)
    }

    @Test func `other line endings are no event`() throws {
        #expect(try kind(from: .record(uat(1)), to: .record(uat(1))) == nil)
    }

    @Test func `a record that moved is told once, under its new name`() throws {
        var moved = uat
        moved.name = "sandbox"
        let old = try #require(EnvironmentName("uat"))
        let new = try #require(EnvironmentName("sandbox"))
        var builder = TimelineBuilder()
        builder.add([.init(environment: old, before: .absent, after: .record(try uat(1)))], in: nil)
        builder.add(
            [
                .init(environment: old, before: .record(try uat(1)), after: .absent),
                .init(environment: new, before: .absent, after: .record(try moved(2))),
            ], in: nil)
        #expect(builder.events.map(\.kind) == [.moved, .registered])
        #expect(builder.events.first?.formerName == old)
        #expect(builder.events.first?.before?.serial == 1)
        let timeline = RecordTimeline(
            coverage: .complete, events: builder.events, current: [try moved(2).record])
        for name in [old, new] {
            #expect(timeline.limited(to: name)?.events.count == 2)
            #expect(timeline.limited(to: name)?.current.map(\.environment) == [new])
        }
    }

    @Test func `two records that swap their names are two moves`() throws {
        var other = uat
        other.name = "sandbox"
        other.lineage = TimelineRecords.second
        var uatThere = uat
        uatThere.name = "sandbox"
        var otherHere = other
        otherHere.name = "uat"
        let here = try #require(EnvironmentName("uat"))
        let there = try #require(EnvironmentName("sandbox"))
        var builder = TimelineBuilder()
        builder.add(
            [
                .init(
                    environment: here, before: .record(try uat(1)),
                    after: .record(try otherHere(2))),
                .init(
                    environment: there, before: .record(try other(1)),
                    after: .record(try uatThere(2))),
            ], in: nil)
        #expect(builder.events.map(\.kind) == [.moved, .moved])
        #expect(builder.events.map(\.formerName) == [here, there])
    }
}
