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
        return BranchBatch(
            holder: mine,
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
        try batch.add(.outcome(Sample.name("uat"), bytes))
        #expect(batch.changes == [BranchChange(file: "uat.json", bytes: bytes)])
        #expect(batch.hasOutcomes)
        #expect(errors(batch) == [nil])
    }

    @Test func `an outcome that is there already needs nothing`() throws {
        let settled = try Sample.applied(Sample.intent("uat", by: mine))
        var batch = batch(settled)
        try batch.add(.outcome(Sample.name("uat"), RecordCodec.encode(settled)))
        #expect(batch.changes.isEmpty)
        #expect(!batch.hasOutcomes)
        #expect(errors(batch) == [nil])
    }

    @Test func `an outcome never replaces another run's intent`() throws {
        let other = Sample.holder(2)
        var batch = batch(try Sample.intent("uat", by: other))
        let bytes = RecordCodec.encode(try Sample.applied(Sample.intent("uat", by: mine)))
        try batch.add(.outcome(Sample.name("uat"), bytes))
        #expect(batch.changes.isEmpty)
        #expect(errors(batch) == [.takenOver(by: other)])
    }

    @Test func `where another run took over there is nothing to take back`() throws {
        var batch = batch(try Sample.intent("uat", by: Sample.holder(2)))
        try batch.add(.restoration(Sample.name("uat"), nil))
        #expect(batch.changes.isEmpty)
        #expect(errors(batch) == [nil])
    }

    @Test func `a first intent is taken back by removing its file`() throws {
        var batch = batch(try Sample.intent("uat", by: mine))
        try batch.add(.restoration(Sample.name("uat"), nil))
        #expect(batch.changes == [BranchChange(file: "uat.json", bytes: nil)])
        #expect(batch.hasOutcomes)
    }

    @Test func `a replacement wants what was read`() throws {
        let now = try Sample.settled("uat")
        let next = RecordCodec.encode(try Sample.settled("uat", url: 2))
        var batch = batch(now)
        try batch.add(.replacement(Sample.name("uat"), next, expected: nil))
        try batch.add(
            .replacement(Sample.name("uat"), next, expected: RecordCodec.encode(now)))
        #expect(errors(batch) == [.superseded([try Sample.name("uat")]), nil])
        #expect(batch.changes.count == 1)
    }

    @Test func `a lease is renewed where it holds, and lost where it was ended or taken`() throws {
        var batch = batch(
            try Sample.intent("held", by: mine).leased(until: HandTime.start),
            try Sample.intent("ended", by: mine),
            try Sample.intent("taken", by: Sample.holder(2)).leased(until: HandTime.start))
        let names = try ["held", "ended", "taken", "gone"].map(Sample.name)
        try batch.renew(Set(names), until: end)
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
        try batch.endLeases(of: Set(["a", "b", "c", "d"].map(Sample.name)))
        #expect(
            batch.changes == [
                BranchChange(
                    file: "a.json", bytes: RecordCodec.encode(try Sample.intent("a", by: mine)))
            ])
    }
}
