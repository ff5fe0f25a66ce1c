import BankhookModel
import BankhookState
import Testing

struct RecordCodecTests {
    @Test func `a registration with every field has exactly these bytes`() throws {
        #expect(try text(Sample.full()) == Golden.full)
    }

    @Test func `what is absent is left out, and what cannot be is null`() throws {
        #expect(try text(Sample.bare()) == Golden.bare)
    }

    @Test func `a first intent has exactly these bytes`() throws {
        #expect(try text(Sample.intent()) == Golden.intent)
    }

    @Test func `the checksum is what jq and sha256sum say`() throws {
        let checksum = RecordCodec.checksum(of: try Sample.full()).text
        #expect(
            checksum
                == "sha256:d942c978c4539b9479964288d5bfe7e1bf2b0050b82486dc3ae16ebeca410682")
    }

    @Test func `what was written is read back, in its own bytes`() throws {
        for record in [try Sample.full(), try Sample.bare(), try Sample.intent()] {
            let decoded = try RecordCodec.decode(
                RecordCodec.encode(record), as: record.environment)
            #expect(decoded.record == record)
            #expect(decoded.checksum == RecordCodec.checksum(of: record))
            #expect(!decoded.isReformatted)
        }
    }

    @Test func `an intent on top of a registration is read back`() throws {
        let settled = try Sample.full()
        let pending = try #require(try Sample.intent().pending)
        let record = Record(
            environment: settled.environment, lineage: settled.lineage, serial: settled.serial,
            previous: settled.previous, applied: settled.applied,
            pending: Record.Pending(
                action: .update, registration: pending.registration, account: pending.account,
                webhookSecrets: [:], holder: pending.holder,
                settled: RecordCodec.checksum(of: settled), unknownSince: pending.unknownSince,
                expiresAt: pending.holder.startedAt))
        let bytes = RecordCodec.encode(record)
        #expect(try RecordCodec.decode(bytes, as: record.environment).record == record)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""settled": "sha256:d942"#))
    }

    @Test(arguments: Reformatting.allCases)
    func `a reformatted file means the same and is flagged`(_ way: Reformatting) throws {
        let record = try Sample.full()
        let decoded = try RecordCodec.decode(
            Array(way.apply(Golden.full).utf8), as: record.environment)
        #expect(decoded.record == record)
        #expect(decoded.checksum == RecordCodec.checksum(of: record))
        #expect(decoded.isReformatted)
    }

    private func text(_ record: Record) -> String {
        String(decoding: RecordCodec.encode(record), as: UTF8.self)
    }
}

/// What a checkout or a formatter may do to a file.
enum Reformatting: CaseIterable {
    case carriageReturns, noFinalNewline, blankLine, oneLine, tabs, escapedSlashes, reversedMembers

    func apply(_ text: String) -> String {
        switch self {
        case .carriageReturns: text.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
        case .noFinalNewline: String(text.dropLast())
        case .blankLine: text + "\n"
        case .oneLine: lines(text).joined()
        case .tabs:
            text.split(separator: "  ", omittingEmptySubsequences: false).joined(separator: "\t")
        case .escapedSlashes:
            text.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
        case .reversedMembers: reversed(text)
        }
    }

    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }
    }

    /// The members of `applied` from last to first.
    private func reversed(_ text: String) -> String {
        let lines = text.split(separator: "\n")
        let members = lines[2...7].reversed()
        return (lines[...1] + members + lines[8...]).joined(separator: "\n") + "\n"
    }
}
