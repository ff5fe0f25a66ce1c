import BankhookModel
import BankhookState
import Testing

@testable import BankhookGitStore

struct BatchTests {
    private let mine = Sample.holder(1)
    private let end = Timestamp(secondsSinceEpoch: HandTime.start.secondsSinceEpoch + 900)

    private func batch(_ records: Record...) -> BranchBatch {
        let files = records.map { record in
            BranchChange(file: "\(record.environment).json", bytes: RecordCodec.encode(record))
        }
        let intents = records.filter { $0.pending?.holder.id == mine.id }.map {
            ($0.environment, $0.leased(until: nil))
        }
        return BranchBatch(
            holder: mine, intents: Dictionary(intents) { first, _ in first },
            reader: RecordReader(path: "branch", files: BranchFiles().applying(files)))
    }

    private func errors(_ batch: BranchBatch) -> [BranchError?] {
        batch.answers.map { answer in
            if case .failure(.branch(let error)) = answer { error } else { nil }
        }
    }

    @Test func `an outcome replaces this run's intent, and is kept until it arrives`() throws {
        let intent = try Sample.intent("uat", by: mine)
        var batch = batch(intent)
        let bytes = RecordCodec.encode(try Sample.applied(intent))
        batch.add(try .outcome(Sample.name("uat"), bytes))
        #expect(batch.changes == [BranchChange(file: "uat.json", bytes: bytes)])
        #expect(batch.hasOutcomes)
        #expect(errors(batch) == [nil])
    }

    @Test func `an outcome that is there already needs nothing`() throws {
        let settled = try Sample.applied(Sample.intent("uat", by: mine))
        var batch = batch(settled)
        batch.add(try .outcome(Sample.name("uat"), RecordCodec.encode(settled)))
        #expect(batch.changes.isEmpty)
        #expect(!batch.hasOutcomes)
        #expect(errors(batch) == [nil])
    }

    @Test func `an outcome never replaces another run's intent`() throws {
        let other = Sample.holder(2)
        var batch = batch(try Sample.intent("uat", by: other))
        let bytes = RecordCodec.encode(try Sample.applied(Sample.intent("uat", by: mine)))
        batch.add(try .outcome(Sample.name("uat"), bytes))
        #expect(batch.changes.isEmpty)
        #expect(errors(batch) == [.takenOver(by: other)])
    }

    @Test func `where another run took over there is nothing to take back`() throws {
        var batch = batch(try Sample.intent("uat", by: Sample.holder(2)))
        batch.add(try .restoration(Sample.name("uat"), nil))
        #expect(batch.changes.isEmpty)
        #expect(errors(batch) == [nil])
    }

    @Test func `a first intent is taken back by removing its file`() throws {
        var batch = batch(try Sample.intent("uat", by: mine))
        batch.add(try .restoration(Sample.name("uat"), nil))
        #expect(batch.changes == [BranchChange(file: "uat.json", bytes: nil)])
        #expect(batch.hasOutcomes)
    }

    @Test func `a replacement wants what was read`() throws {
        let now = try Sample.settled("uat")
        let next = RecordCodec.encode(try Sample.settled("uat", url: 2))
        var batch = batch(now)
        batch.add(try .replacement(Sample.name("uat"), next, expected: nil))
        batch.add(try .replacement(Sample.name("uat"), next, expected: RecordCodec.encode(now)))
        #expect(errors(batch) == [.superseded([try Sample.name("uat")]), nil])
        #expect(batch.changes.count == 1)
    }

    @Test func `a lease is renewed where it holds, and lost where it was ended or taken`() throws {
        var batch = batch(
            try Sample.intent("held", by: mine).leased(until: HandTime.start),
            try Sample.intent("ended", by: mine),
            try Sample.intent("taken", by: Sample.holder(2)).leased(until: HandTime.start))
        let names = try ["held", "ended", "taken", "gone"].map(Sample.name)
        batch.renew(Set(names), until: end)
        #expect(batch.changes.map(\.file) == ["held.json"])
        #expect(batch.lost[names[1]] == .leaseEnded)
        #expect(batch.lost[names[2]] == .takenOver(by: Sample.holder(2)))
        #expect(batch.lost[names[3]] == .takenOver(by: nil))
        #expect(!batch.hasOutcomes)
    }

    @Test func `doubt gives its lease back, once`() throws {
        var batch = batch(
            try Sample.intent("a", by: mine).leased(until: end), try Sample.intent("b", by: mine),
            try Sample.intent("c", by: Sample.holder(2)).leased(until: end))
        batch.endLeases(of: try Set(["a", "b", "c", "d"].map(Sample.name)))
        #expect(
            batch.changes == [
                BranchChange(
                    file: "a.json", bytes: RecordCodec.encode(try Sample.intent("a", by: mine)))
            ])
    }

    @Test func `an outcome never stands on another base than its intent`() throws {
        let intent = try Sample.intent("uat", by: mine)
        // Under the same lock, and yet another record: somebody put it there.
        let lineage = try #require(Lineage("00000000-0000-4000-8000-00000000ffff"))
        let moved = Record(
            environment: intent.environment, lineage: lineage, serial: intent.serial,
            previous: intent.previous, applied: intent.applied, pending: intent.pending)
        let files = BranchFiles().applying([
            BranchChange(file: "uat.json", bytes: RecordCodec.encode(moved))
        ])
        var batch = BranchBatch(
            holder: mine, intents: [intent.environment: intent.leased(until: nil)],
            reader: RecordReader(path: "branch", files: files))
        batch.add(
            .outcome(try Sample.name("uat"), RecordCodec.encode(try Sample.applied(intent))))
        #expect(batch.changes.isEmpty)
        #expect(errors(batch) == [.takenOver(by: mine)])
    }

    @Test func `a damaged record stands in the way of nobody else`() throws {
        let intent = try Sample.intent("uat", by: mine)
        let files = BranchFiles().applying([
            BranchChange(file: "uat.json", bytes: RecordCodec.encode(intent)),
            BranchChange(file: "broken.json", bytes: [0x7B]),
        ])
        var batch = BranchBatch(
            holder: mine, intents: [intent.environment: intent.leased(until: nil)],
            reader: RecordReader(path: "branch", files: files))
        batch.add(
            .outcome(try Sample.name("uat"), RecordCodec.encode(try Sample.applied(intent))))
        batch.add(.restoration(try Sample.name("broken"), nil))
        batch.endLeases(of: [try Sample.name("broken")])
        batch.renew([try Sample.name("broken")], until: end)
        #expect(batch.changes.map(\.file) == ["uat.json"])
        #expect(batch.lost.keys.map(\.text) == ["broken"])
        guard case .success = batch.answers[0], case .failure(.damaged) = batch.answers[1] else {
            Issue.record("\(batch.answers)")
            return
        }
    }

    @Test func `a record moves whole or not at all`() throws {
        let (old, new) = (try Sample.name("old"), try Sample.name("new"))
        let files = BranchFiles().applying([
            BranchChange(
                file: "old.json",
                bytes: RecordCodec.encode(try Sample.applied(Sample.intent("old", by: mine))))
        ])
        let reader = RecordReader(path: "branch", files: files)
        var batch = BranchBatch(holder: mine, intents: [:], reader: reader)
        batch.add(
            .relocation(
                from: .init(name: old, bytes: nil, expected: [1]),
                to: .init(name: new, bytes: [2], expected: nil)))
        #expect(batch.changes.isEmpty)
        #expect(errors(batch) == [.superseded([old])])
        batch.add(
            .relocation(
                from: .init(name: old, bytes: nil, expected: files.bytes(of: "old.json")),
                to: .init(name: new, bytes: [2], expected: nil)))
        #expect(batch.changes.map(\.file) == ["new.json", "old.json"])
    }
}
