extension StringProtocol {
    /// How many columns of a terminal the text takes.
    package var columns: Int {
        utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.columns }
    }

    /// The text with blanks after it, up to a width.
    package func padding(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - columns))
    }
}

extension String {
    /// The text broken at blanks into lines that fit beside what stands before them: `first` columns on
    /// the first line, `rest` on the others. A word that is longer stays whole, and none opens a command of a CI by beginning a
    /// line.
    package func wrapped(after first: Int, then rest: Int, columns: Int) -> [String] {
        var lines = [""]
        var room = columns - first
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let line = lines[lines.count - 1]
            if lines.count == 1 && line.isEmpty || line.columns + 1 + word.columns <= room {
                lines[lines.count - 1] += (line.isEmpty ? "" : " ") + word
            } else {
                lines.append(PrintableText(word).description)
                room = columns - rest
            }
        }
        return lines
    }
}

extension Character {
    /// Scripts whose letters are as wide as two of the others (East Asian Width W and F).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x1B000...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]

    /// A letter with its accents takes the columns of the letter.
    fileprivate var columns: Int {
        guard let first = unicodeScalars.first, !isASCII else { return 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        let isWide =
            first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}")
            || Character.wide.contains { $0.contains(first.value) }
        return isWide ? 2 : 1
    }
}
