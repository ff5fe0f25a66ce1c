/// Writes JSON as `jq -S .` prints it: sorted keys, two spaces, a final newline.
package enum CanonicalJSON {
    /// The canonical text of a value, with its final newline.
    package static func text(_ value: JSONValue) -> String {
        String(decoding: bytes(value), as: UTF8.self)
    }

    /// The bytes of the canonical text.
    package static func bytes(_ value: JSONValue) -> [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(1_024)
        write(value, indent: 0, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func write(_ value: JSONValue, indent: Int, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .number(let number): bytes += number.utf8
        case .string(let string): write(string, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                startLine(isFirst: index == 0, indent: indent + 1, in: &bytes)
                write(element, indent: indent + 1, to: &bytes)
            }
            if !elements.isEmpty { startLine(isFirst: true, indent: indent, in: &bytes) }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in sorted(members).enumerated() {
                startLine(isFirst: index == 0, indent: indent + 1, in: &bytes)
                write(member.key, to: &bytes)
                bytes += ": ".utf8
                write(member.value, indent: indent + 1, to: &bytes)
            }
            if !members.isEmpty { startLine(isFirst: true, indent: indent, in: &bytes) }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func sorted(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
        func isBefore(_ left: JSONValue.Member, _ right: JSONValue.Member) -> Bool {
            left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
        }
        // Almost always they are, for they were read from such a text.
        let isSorted = zip(members, members.dropFirst()).allSatisfy { !isBefore($1, $0) }
        return isSorted ? members : members.sorted(by: isBefore)
    }

    private static func startLine(isFirst: Bool, indent: Int, in bytes: inout [UInt8]) {
        bytes += (isFirst ? "\n" : ",\n").utf8
        for _ in 0..<indent { bytes += "  ".utf8 }
    }

    static func write(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        // Almost every string needs no escape, and appending it whole is many times faster.
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x5C }) {
            bytes += string.utf8
        } else {
            for byte in string.utf8 { write(byte, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// One byte of a string that may need an escape.
    private static func write(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes += "\\\"".utf8
        case UInt8(ascii: "\\"): bytes += "\\\\".utf8
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case 0x08: bytes += "\\b".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x00...0x1F, 0x7F:
            bytes += "\\u00".utf8
            bytes.append(hexDigit(byte >> 4))
            bytes.append(hexDigit(byte & 0x0F))
        default: bytes.append(byte)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
