import BankhookModel
import BankhookPlan
import BankhookSavedPlan
import BankhookState
import JSONSyntax
import Testing

/// The file of a saved plan: what it holds, and what is refused.
struct SavedPlanCodecTests {
    private static func text() throws -> String {
        String(decoding: SavedPlanCodec.encode(try PlanScene().saved()), as: UTF8.self)
    }

    /// The file after an edit of a part that is there exactly once, with the checksum that it then
    /// needs.
    private static func sealed(_ old: String, _ new: String) throws -> [UInt8] {
        let parts = try text().split(separator: old, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "'\(old)' is there \(parts.count - 1) times")
        guard
            case .object(var members) = try JSONParser.parse(
                Array(parts.joined(separator: new).utf8))
        else { throw SavedPlanDamage.foreign }
        members.removeAll { $0.key == "checksum" }
        let checksum = Checksum(of: CanonicalJSON.bytes(.object(members)))
        members.append(.init(key: "checksum", value: .string(checksum.text)))
        return CanonicalJSON.bytes(.object(members))
    }

    private static func damage(of bytes: [UInt8]) -> SavedPlanDamage? {
        do throws(SavedPlanDamage) {
            _ = try SavedPlanCodec.decode(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `what was saved is read back`() throws {
        var scene = PlanScene()
        scene.options = PlanOptions(
            targets: [], shard: Shard("2/4"), isReasserting: true, allowed: [])
        scene.files[SavedFile(.configuration, path: "ü\n.yaml")] = Checksum(of: [])
        for saved in [try PlanScene().saved(), try scene.saved()] {
            let bytes = SavedPlanCodec.encode(saved)
            #expect(try SavedPlanCodec.decode(bytes) == saved)
            #expect(bytes.last == UInt8(ascii: "\n"))
        }
    }

    @Test func `a plan without credentials is read back as one`() throws {
        var scene = PlanScene()
        scene.key = nil
        let saved = try scene.saved()
        #expect(saved.changes.values.allSatisfy { $0.fingerprints == nil })
        #expect(try SavedPlanCodec.decode(SavedPlanCodec.encode(saved)) == saved)
    }

    @Test func `no secret is in it`() throws {
        let text = try SavedPlanCodecTests.text()
        #expect(text.contains("hmac-sha256:"))
        #expect(text.contains("{token}"))
        #expect(!text.contains("canary"))
    }

    @Test func `another layout of the same content is read`() throws {
        let text = try SavedPlanCodecTests.text()
        let reformatted = text.replacing("\n", with: "\r\n   ")
        #expect(try SavedPlanCodec.decode(Array(reformatted.utf8)) == PlanScene().saved())
    }

    @Test func `cut at any byte it is refused`() throws {
        let bytes = Array(try SavedPlanCodecTests.text().utf8)
        // Without its last byte, the newline, it is whole.
        for count in 0..<(bytes.count - 1) {
            guard case .notJSON? = SavedPlanCodecTests.damage(of: Array(bytes[..<count])) else {
                Issue.record("cut to \(count) bytes it is read")
                continue
            }
        }
    }

    @Test func `with any byte changed it is refused, or means the same`() throws {
        let bytes = Array(try SavedPlanCodecTests.text().utf8)
        let saved = try PlanScene().saved()
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            guard let read = try? SavedPlanCodec.decode(changed) else { continue }
            #expect(read == saved, "byte \(index)")
        }
    }

    @Test(arguments: [
        "[]", "{}", #"{"changes": [], "format_version": 1, "summary": {}}"#,
        #"{"checksum": "sha256:0", "environment": "uat", "schema": 1}"#,
    ])
    func `JSON of another kind is told from a damaged plan`(text: String) {
        #expect(SavedPlanCodecTests.damage(of: Array(text.utf8)) == .foreign)
    }

    @Test func `a newer version is named, whatever else it holds`() throws {
        let bytes = Array(
            try SavedPlanCodecTests.text().replacing(
                "\"format_version\": 1", with: "\"format_version\": 2"
            ).utf8)
        #expect(SavedPlanCodecTests.damage(of: bytes) == .newerVersion(2))
    }

    @Test func `an edit without its checksum is told as such`() throws {
        let edited = try SavedPlanCodecTests.text().replacing(
            "\"mode-downgrade\"", with: "\"max-changes\"")
        #expect(SavedPlanCodecTests.damage(of: Array(edited.utf8)) == .wrongChecksum)
    }

    @Test(arguments: [
        (#""format_version": 1"#, #""format_version": 0"#, "format_version"),
        (#""tool": "bankhook test""#, #""tool": 7"#, "tool"),
        (#""tool": "bankhook test""#, #""more": 1, "tool": "bankhook test""#, "more"),
        (#""reassert": false"#, #""reassert": "no""#, "reassert"),
        (#""created_at": "2027"#, #""created_at": "20277"#, "created_at"),
        (#""mode-downgrade""#, #""everything""#, "allowed"),
        (#""mode-downgrade""#, "null", "allowed"),
        (#""n*""#, "1", "targets"), (#""role": "policy""#, #""role": "other""#, "files.role"),
        (#""name": "policy.yaml""#, #""name": null"#, "files"),
        (#""old": "sha256:"#, #""old": "sha1:"#, "records"),
        (#""old": "sha256:"#, #""OLD": "sha256:"#, "records"),
        (#""environment": "gone""#, #""environment": "old""#, "changes"),
        (#""environment": "gone""#, #""environment": "../x""#, "changes.environment"),
        (#""action": "register""#, #""action": "remove""#, "changes.action"),
        (#""code": "not_recorded""#, #""code": 1"#, "changes.reasons.code"),
        (#""lineage": "2f0c"#, #""lineage": "2F0C"#, "changes.lineage"),
        (
            #""webhook_url": "https://new.lender.example/{token}""#, #""webhook_url": "x""#,
            "changes.after.webhook_url"
        ),
        (
            #""token": "hmac-sha256:"#, #""token": "hmac-sha1:"#,
            "webhook_secrets"
        ),
    ])
    func `a field of the wrong type, value or name is named`(
        old: String, new: String, field: String
    ) throws {
        let bytes = try SavedPlanCodecTests.sealed(old, new)
        guard case .field(let message)? = SavedPlanCodecTests.damage(of: bytes) else {
            Issue.record("it is read, or refused for something else")
            return
        }
        #expect(message.contains(field))
    }

    @Test func `two first registrations cannot have one lineage`() throws {
        let saved = try PlanScene().saved()
        let new = try PlanScene.name("new")
        var changes = saved.changes
        changes[try PlanScene.name("newer")] = changes[new]
        let bytes = SavedPlanCodec.encode(
            SavedPlan(
                createdAt: saved.createdAt, tool: saved.tool, options: saved.options,
                files: saved.files, records: saved.records, changes: changes))
        #expect(
            SavedPlanCodecTests.damage(of: bytes)
                == .field("its changes give one lineage to two environments"))
    }
}
