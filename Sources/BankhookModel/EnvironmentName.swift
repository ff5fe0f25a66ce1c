/// The name of an environment; it also names its state file, so it is checked for that.
///
/// `[a-z0-9]([a-z0-9._-]*[a-z0-9])?`, at most 63 characters, no `..`, not ending in `.lock`
/// (specification, section 2).
package struct EnvironmentName: Hashable, Sendable {
    package let text: String

    /// Accepts a name that keeps the rules, and nothing else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63,
            EnvironmentName.isAlphanumeric(first), EnvironmentName.isAlphanumeric(last),
            bytes.allSatisfy(EnvironmentName.isAllowed), !text.hasSuffix(".lock"),
            !EnvironmentName.holdsTwoDots(bytes)
        else { return nil }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    private static func holdsTwoDots(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: ".") && $0 == $1 }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// A text with the name in place of `{environment}` and `{ENVIRONMENT}`.
    package func filling(_ text: String) -> String {
        let bytes = text.utf8
        var filled = [UInt8]()
        filled.reserveCapacity(bytes.count + 64)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let rest = bytes[index...]
            if bytes[index] == UInt8(ascii: "{"), rest.starts(with: "{environment}".utf8) {
                filled += self.text.utf8
                index = bytes.index(index, offsetBy: 13)
            } else if bytes[index] == UInt8(ascii: "{"), rest.starts(with: "{ENVIRONMENT}".utf8) {
                filled += upperCased.utf8
                index = bytes.index(index, offsetBy: 13)
            } else {
                filled.append(bytes[index])
                index = bytes.index(after: index)
            }
        }
        return String(decoding: filled, as: UTF8.self)
    }

    /// What `{ENVIRONMENT}` stands for: upper case, every other character `_`.
    package var upperCased: String {
        let bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension EnvironmentName: CustomStringConvertible {
    package var description: String { text }
}

extension EnvironmentName: Comparable {
    /// Byte order, the order of files in a directory listing of the C locale.
    package static func < (left: EnvironmentName, right: EnvironmentName) -> Bool {
        left.text < right.text
    }
}
