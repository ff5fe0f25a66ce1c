internal import SourceText

/// Strings as a YAML file holds them: plain where that reads well, in double quotes where anything
/// else could be meant.
enum YAMLText {
    /// Words that YAML 1.1 or 1.2 takes for a boolean or a null.
    private static let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// What a plain scalar may hold anywhere behind its first character.
    private static let plain = Set("_./-".unicodeScalars)
    /// The same where it stands in no `{ }` or `[ ]`: all that a URL may hold.
    private static let plainInBlock = plain.union(":?&=%+~@!$()*;,'[]{}".unicodeScalars)

    /// A key or a value on a line of its own.
    static func block(_ text: String) -> String {
        isPlain(text, among: plainInBlock) ? text : quoted(text)
    }

    /// A value between braces or brackets.
    static func flow(_ text: String) -> String {
        isPlain(text, among: plain) ? text : quoted(text)
    }

    /// Whether a text reads as the string that it is, in any YAML.
    private static func isPlain(_ text: String, among others: Set<Unicode.Scalar>) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, isLetter(first) || first == "/" || first == "_",
            scalars.last != ":", !words.contains(text.lowercased())
        else { return false }
        return scalars.allSatisfy { isLetter($0) || isDigit($0) || others.contains($0) }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\t": "\\t"
        // CI systems obey `##[` anywhere in a line.
        case "#": "\\x23"
        default: scalar.isHiddenOrControl ? "\\U\(hex(scalar))" : String(scalar)
        }
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
