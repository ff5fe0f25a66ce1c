internal import JSONSyntax
internal import SourceText

/// JSON for standard output.
enum JSONOutput {
    /// The canonical text, made harmless for whoever shows it.
    static func text(_ value: JSONValue) -> String {
        harmless(CanonicalJSON.text(value))
    }

    /// The same on one line with its newline, for NDJSON.
    static func line(_ value: JSONValue) -> String {
        harmless(CompactJSON.text(value) + "\n")
    }

    /// Breaks up by an escape what CI systems obey anywhere in a line, and what a terminal obeys or
    /// hides: `##[`, `##vso[` and such characters can only stand in strings, where the escape means
    /// the same.
    private static func harmless(_ text: String) -> String {
        let text = text.replacing("##", with: "#\\u0023")
        guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar != "\n", scalar.isHiddenOrControl {
                for unit in String(scalar).utf16 {
                    let hex = String(unit, radix: 16)
                    escaped.append(
                        contentsOf: ("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
                            .unicodeScalars)
                }
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
