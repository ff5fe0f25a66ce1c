/// Text from a file or a server, made safe to print on a terminal and in a CI log.
///
/// Control, bidirectional and invisible characters are shown as escapes, and what would form a
/// workflow command of a CI system is broken up (specification, section 2, "Diagnostics").
package struct PrintableText: Sendable, CustomStringConvertible {
    package let description: String

    /// Makes a text printable, cut to `limit` scalars where one is given; `…` shows the cut.
    package init(_ text: some StringProtocol, limit: Int = .max) {
        let scalars = text.unicodeScalars
        let shown = scalars.prefix(limit)
        let safe = PrintableText.cells(of: shown).joined()
        let tail = shown.endIndex == scalars.endIndex ? "" : "…"
        // GitHub drops blanks before it looks for a command at the start of a line.
        let opensCommand = safe.unicodeScalars.drop { $0 == " " }.starts(with: "::".unicodeScalars)
        description = "\(opensCommand ? "\\" : "")\(safe)\(tail)"
    }

    /// The scalars one by one as they are printed, so that a caller can count them.
    ///
    /// `##[` and `##vso[`, which CI systems obey anywhere in a line, are broken up here: scalar by
    /// scalar, since a combining mark behind the bracket would hide it from a comparison by
    /// characters.
    package static func cells(of scalars: some Sequence<Unicode.Scalar>) -> [String] {
        var cells = [String]()
        for scalar in scalars {
            let opensCommand =
                scalar == "["
                && (cells.suffix(2).elementsEqual(["#", "#"])
                    || cells.suffix(5).map { $0.lowercased() } == ["#", "#", "v", "s", "o"])
            cells.append(opensCommand ? "\\[" : escape(scalar))
        }
        return cells
    }

    /// One scalar as it is printed: itself, or an escape.
    package static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default:
            scalar.isHiddenOrControl
                ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
        }
    }
}
