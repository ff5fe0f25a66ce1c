import BankhookModel
import BankhookState
import Testing

struct RecordRefusalTests {
    @Test(arguments: ["", " ", "\n", " \r\n\t\n"])
    func `a blank file is called empty`(text: String) throws {
        #expect(try damage(of: Array(text.utf8)) == .empty)
    }

    @Test(arguments: [Golden.full, Golden.intent])
    func `a file cut at any byte is damage`(text: String) throws {
        let bytes = Array(text.utf8)
        let name = try name(of: text)
        // Only the final newline may be missing.
        for count in 0..<(bytes.count - 1) {
            #expect(throws: RecordDamage.self, "cut at \(count)") {
                try RecordCodec.decode(Array(bytes[..<count]), as: name)
            }
        }
    }

    @Test(arguments: [Golden.full, Golden.intent])
    func `any flipped bit is damage or means the same`(text: String) throws {
        let bytes = Array(text.utf8)
        let name = try name(of: text)
        let record = try RecordCodec.decode(bytes, as: name).record
        var refused = 0
        for place in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[place] ^= 1 << bit
                let found = try? RecordCodec.decode(flipped, as: name).record
                #expect(found == nil || found == record, "bit \(bit) of byte \(place)")
                if found == nil { refused += 1 }
            }
        }
        #expect(refused > bytes.count * 7)
    }

    @Test func `conflict markers are named`() throws {
        let text = try replacing(
            "  \"serial\": 4\n",
            by: "<<<<<<< HEAD\n  \"serial\": 4\n=======\n  \"serial\": 5\n>>>>>>> other\n",
            in: Golden.full)
        #expect(try damage(of: Array(text.utf8)) == .conflictMarkers)
    }

    @Test func `a byte order mark, a duplicate key, text behind and other JSON are damage`() throws
    {
        let doubled = try replacing(
            "  \"serial\": 4\n", by: "  \"serial\": 4,\n  \"serial\": 4\n", in: Golden.full)
        let texts = [
            "\u{FEFF}" + Golden.full, doubled, Golden.full + "{}", "[]x", "nul", "\u{0}",
        ]
        for text in texts {
            guard case .notJSON = try damage(of: Array(text.utf8)) else {
                Issue.record("\(text) is no damage of this kind")
                continue
            }
        }
    }

    @Test(arguments: ["[]", "null", "4", #""text""#])
    func `JSON that is no object is damage`(text: String) throws {
        #expect(try damage(of: Array(text.utf8)) == .field("it is no JSON object"))
    }

    @Test func `a newer schema is called so, whatever else it holds`() throws {
        let text = try replacing(#""schema": 1"#, by: #""schema": 2, "new": []"#, in: Golden.full)
        #expect(try damage(of: sealed(text)) == .newerSchema(2))
        #expect(try damage(of: Array(text.utf8)) == .newerSchema(2))
    }

    @Test func `another environment's record is called so`() throws {
        let bytes = Array(Golden.bare.utf8)
        #expect(try damage(of: bytes) == .otherEnvironment("uat"))
    }

    @Test func `an edit without its checksum is damage`() throws {
        let text = try replacing(#""serial": 4"#, by: #""serial": 5"#, in: Golden.full)
        #expect(try damage(of: Array(text.utf8)) == .wrongChecksum)
    }

    @Test(arguments: Edit.ofFull)
    func `a sealed record with a wrong field is damage`(_ edit: Edit) throws {
        let bytes = try sealed(try replacing(edit.old, by: edit.new, in: Golden.full))
        #expect(try damage(of: bytes) == edit.damage)
    }

    @Test(arguments: Edit.ofIntent)
    func `a sealed intent with a wrong field is damage`(_ edit: Edit) throws {
        let bytes = try sealed(try replacing(edit.old, by: edit.new, in: Golden.intent))
        #expect(try damage(of: bytes, as: "uat") == edit.damage)
    }

    @Test func `a checksum that is missing, null or no string is damage`() throws {
        let line = "  \"checksum\": "
        let start = try #require(Golden.full.firstRange(of: line))
        let rest = Golden.full[start.upperBound...]
        let end = try #require(rest.firstRange(of: ",\n"))
        for value in ["null", "4", "{}"] {
            let text = Golden.full[..<start.upperBound] + value + rest[end.lowerBound...]
            #expect(try damage(of: Array(text.utf8)) == .field("its checksum is missing"))
        }
        let text = Golden.full[..<start.lowerBound] + rest[end.upperBound...]
        #expect(try damage(of: Array(text.utf8)) == .field("its checksum is missing"))
    }

    @Test func `every damage says what to do`() {
        let all: [RecordDamage] = [
            .empty, .conflictMarkers, .notJSON("x"), .newerSchema(2), .wrongChecksum,
            .field("x"), .otherEnvironment("x"), .inconsistent("x"),
        ]
        for damage in all {
            #expect(!damage.description.isEmpty)
            #expect(!damage.wayOut(at: "a.json").isEmpty)
        }
    }

    private func damage(of bytes: [UInt8], as name: String = "production") throws -> RecordDamage {
        let name = try Sample.name(name)
        let damage = #expect(throws: RecordDamage.self) {
            try RecordCodec.decode(bytes, as: name)
        }
        return try #require(damage)
    }

    private func name(of text: String) throws -> EnvironmentName {
        try Sample.name(text.contains(#""environment": "uat""#) ? "uat" : "production")
    }
}
