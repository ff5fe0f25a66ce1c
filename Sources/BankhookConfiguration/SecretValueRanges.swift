internal import SourceText
internal import YAMLSyntax

/// Finds the stretches of a configuration that may hold a real key, pasted where a reference belongs.
enum SecretValueRanges {
    /// Keys under which every value is hidden, wherever they stand.
    static let secretKeys = [
        "credentials", "webhook_secrets", "probe_headers", "api_key", "server_hash",
    ]

    /// Whether a key is one of those, or a slip of the pen away from one.
    static func isSecretKey(_ key: String) -> Bool {
        secretKeys.contains(key)
            || !EnvironmentField.names.contains(key)
                && Suggestion.nearest(to: key, among: secretKeys) != nil
    }

    static func find(in root: YAMLNode) -> [SourceRange] {
        // A set: what an alias repeats stands in the text once.
        var ranges = Set<SourceRange>()
        collect(root, isSecret: false, into: &ranges)
        return Array(ranges)
    }

    private static func collect(
        _ node: YAMLNode, isSecret: Bool, into ranges: inout Set<SourceRange>
    ) {
        switch node.content {
        case .refused:
            if isSecret { ranges.insert(node.range) }
        case .scalar(let scalar):
            if isSecret || holdsUserInfo(scalar.text) { ranges.insert(node.range) }
        case .sequence(let elements):
            for element in elements { collect(element, isSecret: isSecret, into: &ranges) }
        case .mapping(let mapping):
            for entry in mapping.entries + mapping.setAside {
                let hides = isSecret || isSecretKey(entry.key)
                if isSecret, isOddKey(entry) { ranges.insert(entry.keyRange) }
                collect(entry.value, isSecret: hides, into: &ranges)
            }
        }
    }

    /// A key under a secret's key that nobody would choose: perhaps the secret itself.
    private static func isOddKey(_ entry: YAMLMapping.Entry) -> Bool {
        entry.key.utf8.count > 24 || entry.key.utf8.contains { !isKeyCharacter($0) }
    }

    private static func isKeyCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func holdsUserInfo(_ text: String) -> Bool {
        guard let start = text.firstRange(of: "//")?.upperBound else { return false }
        return text[start...].prefix { !"/?#".contains($0) }.contains("@")
    }
}
