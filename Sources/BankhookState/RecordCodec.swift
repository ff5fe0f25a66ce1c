internal import Crypto
package import BankhookModel
package import JSONSyntax

/// The bytes of a state file (specification, section 3).
package enum RecordCodec {
    /// The schema version that is written.
    package static let schema = 1

    /// The bytes of a record, checksum included.
    package static func encode(_ record: Record) -> [UInt8] {
        Array(CanonicalJSON.text(.object(members(of: record))).utf8)
    }

    /// A record as JSON, checksum included.
    package static func members(of record: Record) -> [JSONValue.Member] {
        let content = RecordEncoder.members(of: record)
        return content + [
            .init(key: "checksum", value: .string(checksum(ofContent: content).text))
        ]
    }

    /// The checksum that a record carries in its file.
    package static func checksum(of record: Record) -> Checksum {
        checksum(ofContent: RecordEncoder.members(of: record))
    }

    /// Reads a state file's bytes as the record of an environment.
    package static func decode(_ bytes: [UInt8], as name: EnvironmentName)
        throws(RecordDamage) -> DecodedRecord
    {
        guard bytes.contains(where: { !" \r\n\t".utf8.contains($0) }) else {
            throw RecordDamage.empty
        }
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw hasConflictMarkers(bytes)
                ? RecordDamage.conflictMarkers : RecordDamage.notJSON("\(error)")
        }
        guard case .object(let members) = value else {
            throw RecordDamage.field("it is no JSON object")
        }
        if case .integer(let schema)? = value["schema"], schema > RecordCodec.schema {
            throw RecordDamage.newerSchema(schema)
        }
        guard case .string(let stated)? = value["checksum"] else {
            throw RecordDamage.field("its checksum is missing")
        }
        guard checksum(ofContent: members.filter { $0.key != "checksum" }).text == stated else {
            throw RecordDamage.wrongChecksum
        }
        let record = try RecordDecoder.record(from: value, as: name)
        let checksum = RecordCodec.checksum(of: record)
        guard checksum.text == stated else {
            throw RecordDamage.field("it holds a value that this bankhook would write differently")
        }
        return DecodedRecord(
            record: record, checksum: checksum,
            isReformatted: Array(CanonicalJSON.text(value).utf8) != bytes)
    }

    private static func checksum(ofContent members: [JSONValue.Member]) -> Checksum {
        let text = CanonicalJSON.text(.object(members))
        let digest = SHA256.hash(data: Array(text.utf8))
        let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return Checksum(sha256: hex)
    }

    private static func hasConflictMarkers(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: UInt8(ascii: "\n")).contains { line in
            ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains { line.starts(with: $0.utf8) }
        }
    }
}
