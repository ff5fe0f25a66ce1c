import BankhookModel
import BankhookState
import Testing

struct RecordMoveTests {
    /// The kinds of record that a move meets.
    enum Kind: CaseIterable {
        case settled, inDoubt, firstIntent

        func record() throws -> Record {
            let intent = try Sample.intent("old")
            let full = try Sample.full()
            let settled = Record(
                environment: intent.environment, lineage: full.lineage, serial: full.serial,
                previous: full.previous, applied: full.applied, pending: nil)
            switch self {
            case .firstIntent: return intent
            case .settled: return settled
            case .inDoubt:
                let pending = intent.pending?.following(RecordCodec.checksum(of: settled))
                return Record(
                    environment: settled.environment, lineage: settled.lineage,
                    serial: settled.serial, previous: settled.previous, applied: settled.applied,
                    pending: pending)
            }
        }
    }

    private func move() throws -> RecordMove {
        RecordMove(from: try Sample.name("old"), to: try Sample.name("new"))
    }

    private func directory(_ files: CrashingFiles) throws -> LockedDirectory {
        LockedDirectory(holder: try Sample.holder(), path: "state", files: files)
    }

    private func run(_ files: CrashingFiles, _ move: RecordMove) async throws -> RecordChangeError?
    {
        let directory = try directory(files)
        do throws(RecordChangeError) {
            try await move.run(in: directory, temporary: "\(files.operations)")
            return nil
        } catch {
            return error
        }
    }

    // MARK: The chain

    @Test func `a settled record moves as the next settled version`() throws {
        let old = try Kind.settled.record()
        let new = RecordMove.moved(old, to: try Sample.name("new"))
        #expect(new.environment.text == "new")
        #expect(new.lineage == old.lineage && new.applied == old.applied && new.pending == nil)
        #expect(new.serial == old.serial + 1)
        #expect(new.previous == RecordCodec.checksum(of: old))
    }

    @Test func `a record in doubt moves with its intent on top of the next settled version`() throws
    {
        let settled = try Kind.settled.record()
        let old = try Kind.inDoubt.record()
        let new = RecordMove.moved(old, to: try Sample.name("new"))
        // What stands below the intent is what moving the settled record would have written.
        let below = RecordMove.moved(settled, to: new.environment)
        #expect(new.serial == below.serial && new.previous == below.previous)
        #expect(new.applied == old.applied)
        #expect(new.pending?.settled == RecordCodec.checksum(of: below))
        #expect(new.pending?.unknownSince == old.pending?.unknownSince)
        #expect(new.pending?.registration == old.pending?.registration)
    }

    @Test func `a first intent moves as a first intent`() throws {
        let old = try Kind.firstIntent.record()
        let new = RecordMove.moved(old, to: try Sample.name("new"))
        #expect(new.serial == 0 && new.previous == nil && new.applied == nil)
        #expect(new.pending == old.pending && new.lineage == old.lineage)
    }

    @Test(arguments: Kind.allCases)
    func `what a move writes is read again`(kind: Kind) throws {
        let new = RecordMove.moved(try kind.record(), to: try Sample.name("new"))
        let decoded = try RecordCodec.decode(RecordCodec.encode(new), as: new.environment)
        #expect(decoded.record == new)
    }

    // MARK: Crashes

    @Test(arguments: Kind.allCases)
    func `a move that is cut short anywhere, twice, loses nothing and is finished by the next`(
        kind: Kind
    ) async throws {
        let old = try kind.record()
        let move = try move()
        let bytes = RecordCodec.encode(old)
        let moved = RecordCodec.encode(RecordMove.moved(old, to: move.new))
        let whole = CrashingFiles(["old.json": bytes])
        #expect(try await run(whole, move) == nil)
        #expect(whole.visible == ["new.json": moved])
        var disks = 0
        for first in 1...whole.operations {
            for second in 1...whole.operations {
                for isLate in [false, true] {
                    let files = CrashingFiles(["old.json": bytes])
                    files.stop(at: first, isLate: isLate)
                    #expect(try await run(files, move) != nil)
                    files.goOn()
                    files.stop(at: second, isLate: isLate)
                    _ = try await run(files, move)
                    for disk in files.disksAfterPowerCut {
                        disks += 1
                        let records = disk.filter { !$0.key.hasPrefix(".") }
                        #expect(!records.isEmpty)
                        #expect(records["old.json"].map { $0 == bytes } ?? true)
                        #expect(records["new.json"].map { $0 == moved } ?? true)
                        let last = CrashingFiles(records)
                        let error = try await run(last, move)
                        #expect((error == nil) == (records["old.json"] != nil))
                        #expect(last.visible == ["new.json": moved])
                    }
                }
            }
        }
        #expect(disks > 100)
    }

    @Test func `a failed move says to run it again`() async throws {
        let files = CrashingFiles(["old.json": RecordCodec.encode(try Kind.settled.record())])
        files.stop(at: 4, isLate: false)
        let error = try await run(files, move())
        #expect(error?.wayOut.hasSuffix("then run bankhook state move old new again") == true)
        #expect(files.visible.keys.sorted() == ["new.json", "old.json"])
    }

    // MARK: Refusals

    @Test func `a name that is recorded is not overwritten`() async throws {
        let old = RecordCodec.encode(try Kind.settled.record())
        let other = "00000000-3b1a-4c55-9d7e-8a1b2c3d4e5f"
        let new = RecordCodec.encode(try Sample.intent("new", lineage: other))
        let files = CrashingFiles(["old.json": old, "new.json": new])
        let error = try await run(files, move())
        #expect(error?.description.contains("'new' is recorded already") == true)
        #expect(files.visible == ["old.json": old, "new.json": new])
    }

    @Test func `one lineage is no half-done move unless the new record follows from the old`()
        async throws
    {
        let old = try Kind.settled.record()
        let moved = RecordMove.moved(old, to: try Sample.name("new"))
        // Somebody applied the old name after the move had been begun elsewhere.
        let later = Record(
            environment: old.environment, lineage: old.lineage, serial: old.serial + 1,
            previous: RecordCodec.checksum(of: old), applied: old.applied, pending: nil)
        let disk = [
            "old.json": RecordCodec.encode(later), "new.json": RecordCodec.encode(moved),
        ]
        let files = CrashingFiles(disk)
        let error = try await run(files, move())
        #expect(error?.description.contains("does not follow from 'old'") == true)
        #expect(error?.wayOut.contains("state forget NAME") == true)
        #expect(files.visible == disk)
    }

    @Test func `a half-done move is not taken back by a move the other way`() async throws {
        let old = try Kind.settled.record()
        let moved = RecordMove.moved(old, to: try Sample.name("new"))
        let disk = [
            "old.json": RecordCodec.encode(old), "new.json": RecordCodec.encode(moved),
        ]
        let files = CrashingFiles(disk)
        let back = RecordMove(from: moved.environment, to: old.environment)
        let error = try await run(files, back)
        #expect(
            error?.wayOut == "run bankhook state move old new again: it finishes it")
        #expect(files.visible == disk)
    }

    @Test func `what is not recorded cannot be moved`() async throws {
        let none = try await run(CrashingFiles([:]), move())
        #expect(none?.description == "nothing is recorded for 'old'")
        let record = RecordCodec.encode(try Sample.intent("new"))
        let done = try await run(CrashingFiles(["new.json": record]), move())
        #expect(
            done?.description == "nothing is recorded for 'old', and 'new' is recorded already")
    }

    @Test func `a file that is damaged stops a move at either name`() async throws {
        let old = RecordCodec.encode(try Kind.settled.record())
        for disk in [["old.json": Array("{".utf8)], ["old.json": old, "new.json": []]] {
            let files = CrashingFiles(disk)
            let error = try await run(files, move())
            #expect(error?.description.contains("is damaged") == true)
            #expect(files.visible == disk)
        }
    }

    // MARK: What the store says of two files of one lineage

    @Test(arguments: [Kind.settled, .inDoubt])
    func `two files that a move left are an error that names the move`(kind: Kind) throws {
        let old = try kind.record()
        let moved = RecordMove.moved(old, to: try Sample.name("new"))
        let files = CrashingFiles([
            "old.json": RecordCodec.encode(old), "new.json": RecordCodec.encode(moved),
        ])
        let directory = try directory(files)
        let errors = #expect(throws: StateErrors.self) { try directory.records() }
        #expect(
            errors?.errors.map(\.description)
                == [
                    "state/new.json and state/old.json have one lineage: a state move was not finished"
                ])
        #expect(
            errors?.errors.map(\.wayOut)
                == ["run bankhook state move old new again: it finishes it"])
    }

    @Test func `two first intents of one lineage name the move in both directions`() throws {
        let old = try Kind.firstIntent.record()
        let moved = RecordMove.moved(old, to: try Sample.name("new"))
        let files = CrashingFiles([
            "old.json": RecordCodec.encode(old), "new.json": RecordCodec.encode(moved),
        ])
        let directory = try directory(files)
        let errors = #expect(throws: StateErrors.self) { try directory.records() }
        #expect(
            errors?.errors.map(\.wayOut) == [
                "run bankhook state move new old or bankhook state move old new again: it "
                    + "finishes it"
            ])
    }
}
