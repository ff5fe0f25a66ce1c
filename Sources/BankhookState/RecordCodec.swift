package import BankhookModel
package import JSONSyntax

/// The bytes of a state file (specification, section 3).
package enum RecordCodec {
    /// The schema version that is written.
    package static let schema = 1

    /// The bytes of a record, checksum included.
    package static func encode(_ record: Record) -> [UInt8] {
        sealed(record).bytes
    }

    /// A record as JSON, checksum included.
    package static func members(of record: Record) -> [JSONValue.Member] {
        RecordEncoder.members(of: record) + [
            .init(key: "checksum", value: .string(checksum(of: record).text))
        ]
    }

    /// The checksum that a record carries in its file.
    package static func checksum(of record: Record) -> Checksum {
        Checksum(of: CanonicalJSON.bytes(.object(RecordEncoder.members(of: record))))
    }

    /// A record's bytes and the checksum in them. The content is written once, and the checksum put
    /// between its lines.
    private static func sealed(_ record: Record) -> (bytes: [UInt8], checksum: Checksum) {
        var bytes = CanonicalJSON.bytes(.object(RecordEncoder.members(of: record)))
        let checksum = Checksum(of: bytes)
        // A string holds no line break, so that only the field itself begins a line like that.
        let next = bytes.indices.first { index in
            bytes[index] == UInt8(ascii: "\n")
                && bytes[index...].starts(with: "\n  \"environment\": ".utf8)
        }
        bytes.insert(
            contentsOf: "\n  \"checksum\": \"\(checksum)\",".utf8, at: next ?? bytes.startIndex)
        return (bytes, checksum)
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
        // What bankhook wrote itself, to the byte, needs no second look.
        if let record = try? RecordDecoder.record(from: value, as: name) {
            let own = sealed(record)
            if own.bytes == bytes {
                return DecodedRecord(record: record, checksum: own.checksum, isReformatted: false)
            }
        }
        return try decode(value, as: name)
    }

    /// The same for a file in another form: reformatted, edited or damaged.
    private static func decode(_ value: JSONValue, as name: EnvironmentName)
        throws(RecordDamage) -> DecodedRecord
    {
        guard case .object(let members) = value else {
            throw RecordDamage.field("it is no JSON object")
        }
        if case .integer(let schema)? = value["schema"], schema > RecordCodec.schema {
            throw RecordDamage.newerSchema(schema)
        }
        guard case .string(let stated)? = value["checksum"] else {
            throw RecordDamage.field("its checksum is missing")
        }
        let content = CanonicalJSON.bytes(.object(members.filter { $0.key != "checksum" }))
        guard Checksum(of: content).text == stated else {
            throw RecordDamage.wrongChecksum
        }
        let record = try RecordDecoder.record(from: value, as: name)
        let checksum = RecordCodec.checksum(of: record)
        guard checksum.text == stated else {
            throw RecordDamage.field("it holds a value that this bankhook would write differently")
        }
        return DecodedRecord(record: record, checksum: checksum, isReformatted: true)
    }

    private static func hasConflictMarkers(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: UInt8(ascii: "\n")).contains { line in
            ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains { line.starts(with: $0.utf8) }
        }
    }
}
