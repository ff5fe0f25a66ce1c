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

    /// Without what stands between `://` and `@`.
    private static func withoutUserInfo(_ text: String) -> String {
        var parts = text.split(separator: "://", omittingEmptySubsequences: false)
        for index in parts.indices.dropFirst() {
            // A password may hold any character but a blank.
            let authority = parts[index].prefix { !$0.isWhitespace }
            guard let at = authority.lastIndex(of: "@") else { continue }
            parts[index] = "<redacted>" + parts[index][at...]
        }
        return parts.joined(separator: "://")
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
