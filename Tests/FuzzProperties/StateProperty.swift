internal import BankhookModel
internal import BankhookState
internal import JSONSyntax

/// What must hold for any bytes that stand where a record belongs.
///
/// No fuzzer finds a checksum that fits, so what is JSON is also read with the right one in it: that
/// is what reaches every field's own rules.
public enum StateProperty {
    /// What does not hold for these bytes, or nil.
    public static func violation(in bytes: [UInt8]) -> String? {
        if let problem = recordViolation(in: bytes) { return problem }
        guard let value = try? JSONParser.parse(bytes) else { return nil }
        if let problem = canonicalViolation(of: value) { return problem }
        return sealed(value).flatMap(recordViolation)
    }

    /// Whether these bytes are a record, reformatted or not.
    public static func accepts(_ bytes: [UInt8]) -> Bool {
        decode(bytes) != nil
    }

    // MARK: Records

    private static func recordViolation(in bytes: [UInt8]) -> String? {
        guard let (name, decoded) = decode(bytes) else { return nil }
        let encoded = RecordCodec.encode(decoded.record)
        guard decoded.isReformatted == (bytes != encoded) else {
            return "isReformatted does not tell whether the bytes are bankhook's own"
        }
        guard encoded.allSatisfy({ $0 == UInt8(ascii: "\n") || (0x20...0x7E).contains($0) }) else {
            return "a record holds more than printable ASCII"
        }
        guard let again = try? RecordCodec.decode(encoded, as: name),
            again.record == decoded.record, again.checksum == decoded.checksum,
            !again.isReformatted
        else { return "what was read is written as something else" }
        if let problem = respellingViolation(of: encoded, decoded, as: name) { return problem }
        return flipViolation(of: bytes, decoded.record, as: name)
    }

    private static func decode(_ bytes: [UInt8]) -> (EnvironmentName, DecodedRecord)? {
        guard var name = EnvironmentName("production") else { return nil }
        do {
            return (name, try RecordCodec.decode(bytes, as: name))
        } catch .otherEnvironment(let text) {
            guard let other = EnvironmentName(text) else { return nil }
            name = other
        } catch {
            return nil
        }
        return (try? RecordCodec.decode(bytes, as: name)).map { (name, $0) }
    }

    /// A checkout with CRLF and a formatter that indents otherwise are no damage.
    private static func respellingViolation(
        of bytes: [UInt8], _ decoded: DecodedRecord, as name: EnvironmentName
    ) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let respelt = [
            lines.map { Array($0) + "\r\n".utf8 }, lines.map { Array("\t".utf8) + $0 },
            lines.map { Array($0.drop { $0 == UInt8(ascii: " ") }) },
        ]
        for text in respelt.map({ $0.flatMap(\.self) }) {
            guard let again = try? RecordCodec.decode(text, as: name), again.isReformatted,
                again.record == decoded.record, again.checksum == decoded.checksum
            else { return "a reformatted record is not read as the same" }
        }
        return nil
    }

    /// A bit that flips is found out, or changes nothing.
    private static func flipViolation(
        of bytes: [UInt8], _ record: Record, as name: EnvironmentName
    ) -> String? {
        // All of them would take a second; the stride has other bits flip in every other length.
        let flips = max(1, min(61, 65_536 / bytes.count))
        let stride = max(1, bytes.count * 8 / flips)
        for bit in Swift.stride(from: bytes.count % stride, to: bytes.count * 8, by: stride) {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            guard let other = try? RecordCodec.decode(flipped, as: name) else { continue }
            guard other.record == record else { return "a flipped bit gives another meaning" }
            guard other.isReformatted else { return "a flipped bit is not noticed" }
        }
        return nil
    }

    // MARK: JSON

    private static func canonicalViolation(of value: JSONValue) -> String? {
        let bytes = CanonicalJSON.bytes(value)
        guard let again = try? JSONParser.parse(bytes) else {
            return "canonical JSON is no JSON"
        }
        return CanonicalJSON.bytes(again) == bytes ? nil : "canonical JSON has two forms"
    }

    /// A record's own bytes with the checksum that they should hold.
    private static func sealed(_ value: JSONValue) -> [UInt8]? {
        guard case .object(let members) = value else { return nil }
        let content = members.filter { $0.key != "checksum" }
        let checksum = Checksum(of: CanonicalJSON.bytes(.object(content)))
        return CanonicalJSON.bytes(
            .object(content + [.init(key: "checksum", value: .string(checksum.text))]))
    }
}
