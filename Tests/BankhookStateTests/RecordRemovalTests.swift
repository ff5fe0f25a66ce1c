import BankhookModel
import BankhookState
import Testing

struct RecordRemovalTests {
    private func run(_ files: CrashingFiles, _ name: String, allowed: Bool = false)
        async throws -> RecordChangeError?
    {
        let directory = LockedDirectory(
            holder: try Sample.holder(), path: "state", files: files)
        let removal = RecordRemoval(of: try Sample.name(name), allowsUnknownOutcome: allowed)
        do throws(RecordChangeError) {
            try await removal.run(in: directory)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a record is forgotten and the others stay`() async throws {
        let other = RecordCodec.encode(try Sample.full())
        let files = CrashingFiles([
            "uat.json": RecordCodec.encode(try Sample.bare()), "production.json": other,
        ])
        #expect(try await run(files, "uat") == nil)
        #expect(files.disksAfterPowerCut == [["production.json": other]])
    }

    @Test func `a record in doubt is forgotten only when that is allowed`() async throws {
        let bytes = RecordCodec.encode(try Sample.intent())
        let files = CrashingFiles(["uat.json": bytes])
        let error = try await run(files, "uat")
        guard case .outcomeUnknown = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.wayOut.contains("--allow unknown-outcome") == true)
        #expect(files.visible == ["uat.json": bytes])
        #expect(try await run(files, "uat", allowed: true) == nil)
        #expect(files.visible.isEmpty)
    }

    @Test func `what is not recorded, or not readable, is not forgotten`() async throws {
        #expect(
            try await run(CrashingFiles([:]), "uat")?.description
                == "nothing is recorded for 'uat'")
        let damaged = CrashingFiles(["uat.json": Array("{".utf8)])
        let error = try await run(damaged, "uat", allowed: true)
        #expect(error?.description.contains("state/uat.json is damaged") == true)
        #expect(
            error?.wayOut.hasPrefix("restore it from version control: git log -- state/uat.json")
                == true)
        #expect(
            error?.wayOut.contains("only where no good version is left, remove the file") == true)
        #expect(damaged.visible.count == 1)
    }

    @Test func `a removal that is cut short anywhere is not called done`() async throws {
        let bytes = RecordCodec.encode(try Sample.bare())
        let whole = CrashingFiles(["uat.json": bytes])
        #expect(try await run(whole, "uat") == nil)
        for operation in 1...whole.operations {
            for isLate in [false, true] {
                let files = CrashingFiles(["uat.json": bytes])
                files.stop(at: operation, isLate: isLate)
                #expect(try await run(files, "uat") != nil)
                for disk in files.disksAfterPowerCut where !disk.isEmpty {
                    #expect(disk == ["uat.json": bytes])
                }
            }
        }
    }
}
