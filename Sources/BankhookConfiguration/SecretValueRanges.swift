internal import SourceText
internal import YAMLSyntax

/// Finds the stretches of a configuration that may hold a real key, pasted where a reference belongs.
struct SecretValueRanges {
    /// Keys under which every value is hidden, wherever they stand.
    private static let secretKeys: Vocabulary = [
        "credentials", "webhook_secrets", "probe_headers", "api_key", "server_hash",
    ]

    /// What the keys of a mapping are.
    private enum Keys: Hashable {
        /// Words of the language, or nearly so.
        case anything
        /// Names of environments.
        case environments
        /// Under a key that nobody knows: perhaps a secret that lost its indentation.
        case unknown
        /// Names that people choose: those of webhook secrets.
        case names
        /// Words of the language, so that any other key may be a secret.
        case words
        /// Fields of a policy, some of which are no words anywhere else.
        case policy

        private static let harmless: Vocabulary = ["api_key", "server_hash", "env", "file"]
        private static let holders: Vocabulary = ["webhook_secrets", "probe_headers"]

        /// Those of a mapping under a key that stands among these.
        func under(_ key: String) -> Keys {
            switch self {
            case .anything, .policy: break
            case .environments: return .anything
            case .unknown: return .unknown
            case .names, .words: return .words
            }
            if key == "environments" { return .environments }
            if key == "policy" { return .policy }
            if self == .policy, ["env", "files"].contains(key) { return .anything }
            guard isSecretKey(key) else { return isKnown(key) ? .anything : .unknown }
            return Keys.holders.nearest(to: key) == nil ? .words : .names
        }

        func mayBeSecret(_ key: String) -> Bool {
            switch self {
            case .anything, .policy:
                SecretValueRanges.holdsTightSecret(key)
                    || SecretValueRanges.mayBeSecret(key) && YAMLNode.tightKey(in: key) == nil
                        && !isKnown(key)
            case .environments, .unknown: SecretValueRanges.holdsTightSecret(key)
            case .names: SecretValueRanges.mayBeSecret(key)
            case .words: Keys.harmless.nearest(to: key) == nil
            }
        }

        var hidesValues: Bool {
            switch self {
            case .anything, .environments, .policy: false
            case .unknown, .names, .words: true
            }
        }
    }

    /// Every key that may stand where no secret does.
    private static let languageKeys = Vocabulary(
        EnvironmentField.allCases.map(\.rawValue) + [
            "version", "defaults", "policy", "state", "environments", "webhook_hosts", "api_hosts",
            "max_changes", "directory", "<<",
        ])

    /// Words of the language that are short or plain enough to be near to what is none: a key that
    /// was meant to be one of them may be anything.
    private static let plainWords: Set = ["history", "git", "remote", "branch", "path", "lease"]

    /// Whether a key is a word of the language, a slip of the pen away from one, or one of the
    /// places for anchors.
    private static func isKnown(_ key: String) -> Bool {
        languageKeys.contains(key) || plainWords.contains(key) || key.hasPrefix("x-")
            || languageKeys.nearest(to: key) != nil
    }

    private let file: SourceFile
    /// A set: what an alias repeats stands in the text once.
    private var ranges = Set<SourceRange>()
    private var visits = Set<Visit>()

    /// A sequence or mapping and what its keys are: where aliases repeat both, they find nothing new,
    /// and there may be a million of them.
    private struct Visit: Hashable {
        let range: SourceRange
        let keys: Keys
    }

    private init(file: SourceFile) {
        self.file = file
    }

    /// Whether a key is one of those, or a slip of the pen away from one.
    static func isSecretKey(_ key: String) -> Bool {
        secretKeys.contains(key)
            || !languageKeys.contains(key) && secretKeys.nearest(to: key) != nil
    }

    /// Whether a key is one that nobody would choose, so that it may be a secret itself: long, of
    /// many digits, or of capitals.
    static func mayBeSecret(_ key: String) -> Bool {
        key.isEmpty || key.utf8.count > 24
            || key.utf8.count { (0x30...0x39).contains($0) } > 4
            || !key.utf8.allSatisfy(isKeyCharacter)
    }

    /// The name of a header for messages, for which upper case is no sign of a secret.
    static func shownHeader(_ name: String) -> String {
        mayBeSecret(name.lowercased()) ? Excerpt.redacted : name
    }

    /// Whether a text holds a secret's key with a colon but no blank behind it, as in `api_key:X`:
    /// one word to YAML, so that no tree tells the secret from its key.
    static func holdsTightSecret(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: ":")) else { return false }
        let pieces = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return pieces.dropLast().contains { piece in
            // No such key is longer, with a slip of the pen.
            let word = piece.suffix(24).reversed().prefix(while: isKeyCharacter).reversed()
            return word.count > 4 && isSecretKey(String(decoding: word, as: UTF8.self))
        }
    }

    private static func isKeyCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// What must not be shown of a file, in the order of the text.
    static func find(in root: YAMLNode, of file: SourceFile, isPolicy: Bool) -> [SourceRange] {
        var found = SecretValueRanges(file: file)
        found.collect(root, isPolicy ? .policy : .anything)
        return found.withComments().sorted { $0.start < $1.start }
    }

    private mutating func collect(_ node: YAMLNode, _ keys: Keys) {
        switch node.content {
        case .refused:
            // Its text is not kept, but the lines that it stands on are.
            if keys.hidesValues || mayHoldUserInfo(node.range) { ranges.insert(node.range) }
        case .scalar(let scalar):
            if keys.hidesValues || SecretValueRanges.mayHoldUserInfo(scalar.text)
                || scalar.isPlain && SecretValueRanges.holdsTightSecret(scalar.text)
            {
                ranges.insert(node.range)
            }
        case .sequence(let elements):
            guard isFirstVisit(node, keys) else { return }
            for element in elements { collect(element, keys) }
        case .mapping(let mapping):
            guard isFirstVisit(node, keys) else { return }
            for entry in mapping.entries + mapping.setAside {
                // The text of a key that is no scalar is not kept.
                let mayHoldUserInfo =
                    entry.key.isEmpty
                    ? mayHoldUserInfo(entry.keyRange)
                    : SecretValueRanges.mayHoldUserInfo(entry.key)
                if mayHoldUserInfo || keys.mayBeSecret(entry.key) { ranges.insert(entry.keyRange) }
                collect(entry.value, keys.under(entry.key))
                if entry.key == "remote", mayBeSignedIn(entry.value) {
                    ranges.insert(entry.value.range)
                }
            }
        }
    }

    /// Whether a remote's URL has what it may be signed in with behind its path.
    private func mayBeSignedIn(_ node: YAMLNode) -> Bool {
        guard case .scalar(let scalar) = node.content else { return false }
        return scalar.text.utf8.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    }

    private mutating func isFirstVisit(_ node: YAMLNode, _ keys: Keys) -> Bool {
        visits.insert(Visit(range: node.range, keys: keys)).inserted
    }

    /// More than user info has an `@`, but a password may hold any character that would tell.
    private static func mayHoldUserInfo(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: "@"))
    }

    private func mayHoldUserInfo(_ range: SourceRange) -> Bool {
        (range.start.line...range.end.line).contains { number in
            file.line(number).map(SecretValueRanges.mayHoldUserInfo) ?? false
        }
    }

    /// With what looks like a comment behind a secret: ` #` within it begins one.
    private func withComments() -> Set<SourceRange> {
        var last = [Int: SourceRange]()
        for range in ranges where last[range.end.line].map({ $0.end < range.end }) ?? true {
            last[range.end.line] = range
        }
        var extended = ranges
        for (number, range) in last where range.end.column > 1 {
            guard let line = file.line(number) else { continue }
            let scalars = line.unicodeScalars
            let rest = scalars.dropFirst(range.end.column - 1)
            guard rest.first == " ", rest.first(where: { $0 != " " }) == "#" else { continue }
            extended.remove(range)
            extended.insert(
                SourceRange(
                    start: range.start, end: Position(line: number, column: scalars.count + 1)))
        }
        return extended
    }
}
