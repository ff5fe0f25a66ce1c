internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import JSONSyntax

/// The bytes of a saved plan's file: canonical JSON with a checksum over the rest of it.
package enum SavedPlanCodec {
    /// The format version that is written, and the newest that is read.
    package static let version = 1

    /// The bytes of a plan, checksum included.
    package static func encode(_ plan: SavedPlan) -> [UInt8] {
        let members = SavedPlanEncoder.members(of: plan)
        let checksum = checksum(of: members)
        let sealed = members + [.init(key: "checksum", value: .string(checksum.text))]
        return CanonicalJSON.bytes(.object(sealed))
    }

    /// The checksum over all other members, in their canonical form: layout does not count.
    private static func checksum(of members: [JSONValue.Member]) -> Checksum {
        Checksum(of: CanonicalJSON.bytes(.object(members.filter { $0.key != "checksum" })))
    }

    /// Reads a file's bytes.
    package static func decode(_ bytes: [UInt8]) throws(SavedPlanDamage) -> SavedPlan {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw .notJSON("\(error)")
        }
        guard case .object(let members) = value,
            case .integer(let version)? = value["format_version"],
            case .string(let stated)? = value["checksum"], value["created_at"] != nil
        else { throw .foreign }
        guard version <= SavedPlanCodec.version else { throw .newerVersion(version) }
        guard checksum(of: members).text == stated else { throw .wrongChecksum }
        do throws(RecordDamage) {
            return try SavedPlanDecoder.plan(from: value)
        } catch {
            throw .field("\(error)")
        }
    }
}
