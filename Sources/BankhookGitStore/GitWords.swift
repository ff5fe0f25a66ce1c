/// git's own words on standard error, cut to what helps.
enum GitWords {
    /// The lines that say what went wrong, without advice, progress, and passwords in URLs.
    static func summary(of words: String) -> String {
        let lines = words.split(whereSeparator: \.isNewline).map { line in
            String(line).trimming { $0 == " " }
        }
        let telling = lines.filter { line in
            line.hasPrefix("fatal:") || line.hasPrefix("error:") || line.hasPrefix("remote:")
                || line.hasPrefix("!") || line.hasPrefix("ssh:")
                || line.contains("ermission denied")
        }
        let text = (telling.isEmpty ? lines : telling).prefix(4).joined(separator: "; ")
        return withoutUserInfo(text)
    }

    /// Without user info, queries and fragments of URLs, also of those whose scheme is misspelled.
    private static func withoutUserInfo(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false)
            .map { withoutSecrets(String($0)) }.joined(separator: " ")
    }

    /// A password may hold any character but a blank.
    private static func withoutSecrets(_ word: String) -> String {
        var word = word
        let scheme = word.firstRange(of: "://")
        if let at = word.lastIndex(of: "@") {
            let start = scheme?.upperBound ?? word.firstIndex { $0 != "'" && $0 != "\"" } ?? at
            if start < at, scheme != nil || word[start..<at].contains(":") {
                word.replaceSubrange(start..<at, with: "<redacted>")
            }
        }
        if scheme != nil, let query = word.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            let end = word[query...].firstIndex { $0 == "'" || $0 == "\"" } ?? word.endIndex
            word.replaceSubrange(word.index(after: query)..<end, with: "<redacted>")
        }
        return word
    }
}

extension String {
    /// Without such characters at both ends.
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> Substring {
        let start = drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return start[...last]
    }
}
