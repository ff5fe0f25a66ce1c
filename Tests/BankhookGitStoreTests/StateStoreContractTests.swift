import BankhookModel
import BankhookState
import Testing

/// What every store keeps to: a directory, a branch in memory, a branch of a git remote.
@Suite("StateStore contract") struct StateStoreContractTests {
    private struct Failure: Error {}

    @Test(arguments: StoreKind.allCases)
    func `an empty store holds no record`(kind: StoreKind) async throws {
        try await kind.with { place in
            let names = try await place.open().names()
            #expect(names.isEmpty)
            let records = try await place.open().records()
            #expect(records.isEmpty)
            let record = try await place.open().record(Sample.name("a"))
            #expect(record == nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `what was written is read, to the byte`(kind: StoreKind) async throws {
        try await kind.with { place in
            let written = try await place.open().withLock(by: Sample.holder(1)) { locked in
                let intent = try await locked.recordIntent("a")
                let applied = try Sample.applied(intent.record)
                try await locked.write(applied, temporary: "t")
                #expect(try locked.snapshot(of: applied.environment).decoded?.record == applied)
                return applied
            }
            #expect(try await place.open().record(written.environment)?.record == written)
            #expect(try await place.open().records().map(\.record) == [written])
            #expect(try await place.bytes(of: "a.json") == RecordCodec.encode(written))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `an intent is there before anything else, in doubt for everybody`(
        kind: StoreKind
    ) async throws {
        try await kind.with { place in
            try await place.put(Sample.settled("a"))
            try await place.open().withLock(by: Sample.holder(1)) { locked in
                let intent = try await locked.recordIntent("a")
                let record = try await place.open().record(intent.name)?.record
                #expect(record?.pending?.holder == locked.holder)
                #expect(record?.applied == intent.snapshot.decoded?.record.applied)
                #expect(record?.serial == 1)
                try await locked.restore(intent.snapshot, temporary: "t")
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `what is put back is what was there, to the byte`(kind: StoreKind) async throws {
        try await kind.with { place in
            let bytes = RecordCodec.encode(try Sample.settled("a")).flatMap { byte in
                byte == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), byte] : [byte]
            }
            try await place.put("a.json", bytes)
            try await place.open().withLock(by: Sample.holder(1)) { locked in
                let intent = try await locked.recordIntent("a")
                #expect(intent.snapshot.decoded?.isReformatted == true)
                try await locked.restore(intent.snapshot, temporary: "t")
            }
            #expect(try await place.bytes(of: "a.json") == bytes)
            try await place.open().withLock(by: Sample.holder(2)) { locked in
                let intent = try await locked.recordIntent("b")
                try await locked.restore(intent.snapshot, temporary: "t")
            }
            #expect(try await place.bytes(of: "b.json") == nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a record is removed, and one that is absent already is fine`(
        kind: StoreKind
    ) async throws {
        try await kind.with { place in
            try await place.put(Sample.settled("a"))
            try await place.put(Sample.settled("b"))
            try await place.open().withLock(by: Sample.holder(1)) { locked in
                try await locked.remove(Sample.name("a"))
                try await locked.remove(Sample.name("c"))
            }
            #expect(try await place.open().names().map(\.text) == ["b"])
            #expect(try await place.bytes(of: "a.json") == nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `names come sorted, and what is no record is not looked at`(
        kind: StoreKind
    ) async throws {
        try await kind.with { place in
            for name in ["b", "a.b", "a-b"] { try await place.put(Sample.settled(name)) }
            for other in ["README.md", ".hidden.json"] {
                try await place.put(other, Array("nonsense".utf8))
            }
            let names = try await place.open().names().map(\.text)
            #expect(names == ["a-b", "a.b", "b"])
            let records = try await place.open().records().map(\.record.environment.text)
            #expect(records == names)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `every file that is wrong is reported, and none is read as no record`(
        kind: StoreKind
    ) async throws {
        try await kind.with { place in
            let good = try Sample.settled("c")
            try await place.put("a.json", [])
            try await place.put("b.json", RecordCodec.encode(try Sample.settled("x")))
            try await place.put(good)
            let store = place.open()
            let found = await stateErrors { _ = try await store.records() }
            #expect(found.count == 2)
            let inspection = try await store.inspection()
            #expect(inspection.records.map(\.record) == [good])
            #expect(inspection.faults.map(\.environment?.text) == ["a", "b"])
            #expect(try await store.record(good.environment)?.record == good)
            await #expect(throws: StateErrors.self) { try await store.record(Sample.name("a")) }
            try await place.open().withLock(by: Sample.holder(1)) { locked in
                _ = #expect(throws: StateError.self) {
                    try locked.snapshot(of: Sample.name("a"))
                }
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `names that differ by case only are an error`(kind: StoreKind) async throws {
        try await kind.with { place in
            try await place.put(Sample.settled("a"))
            try await place.put("A.json", [])
            await #expect(throws: StateErrors.self) { try await place.open().names() }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `two holders do not work on one environment at a time`(kind: StoreKind) async throws {
        try await kind.with { place in
            try await place.open().withLock(by: Sample.holder(1)) { first in
                let intent = try await first.recordIntent("a")
                do {
                    try await place.open().withLock(by: Sample.holder(2)) { second in
                        try second.requireFree([intent.name])
                        Issue.record("it is free")
                    }
                } catch let error as StateError {
                    #expect("\(error)".contains("locked by build-1 pid 4711"))
                }
                let record = try Sample.applied(intent.record)
                try await first.write(record, temporary: "t")
            }
            try await place.open().withLock(by: Sample.holder(2)) { second in
                let intent = try await second.recordIntent("a")
                try await second.write(Sample.applied(intent.record), temporary: "t")
            }
            #expect(try await place.open().record(Sample.name("a"))?.record.serial == 2)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a body that fails lets the next one in`(kind: StoreKind) async throws {
        try await kind.with { place in
            await #expect(throws: Failure.self) {
                try await place.open().withLock(by: Sample.holder(1)) { locked in
                    let intent = try await locked.recordIntent("a")
                    try await locked.restore(intent.snapshot, temporary: "t")
                    throw Failure()
                }
            }
            try await place.open().withLock(by: Sample.holder(2)) { locked in
                try locked.requireFree([Sample.name("a")])
                let intent = try await locked.recordIntent("a")
                try await locked.write(Sample.applied(intent.record), temporary: "t")
            }
            #expect(try await place.open().names().map(\.text) == ["a"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a move and a removal are carried out whole`(kind: StoreKind) async throws {
        try await kind.with { place in
            let record = try Sample.settled("a")
            try await place.put(record)
            let new = try Sample.name("b")
            try await place.open().withLock(by: Sample.holder(1)) { locked in
                try await RecordMove(from: record.environment, to: new).run(
                    in: locked, temporary: "t")
            }
            let moved = try await place.open().records().map(\.record)
            #expect(moved == [RecordMove.moved(record, to: new)])
            try await place.open().withLock(by: Sample.holder(2)) { locked in
                try await RecordRemoval(of: new, allowsUnknownOutcome: false).run(in: locked)
            }
            #expect(try await place.open().records().isEmpty)
        }
    }
}
