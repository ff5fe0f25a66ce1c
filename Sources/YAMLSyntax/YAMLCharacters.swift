import SourceText

/// Which characters a value or a key may not hold.
enum YAMLCharacters {
    /// Whether a scalar is refused in what a value says; line breaks and tabs are not.
    static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isHiddenOrControl && scalar != "\n" && scalar != "\t"
    }

    /// What is said of a refused scalar.
    static func refusal(of scalar: Unicode.Scalar) -> String {
        let kind = scalar.properties.generalCategory == .control ? "control" : "invisible"
        return "the \(kind) character \(scalar.codePoint) is not allowed"
    }

    /// What is said of a heap of combining marks.
    static let tooManyMarks =
        "more than \(YAMLLimits.combiningMarks) combining marks in a row are not allowed"

    /// Whether a text has more combining marks in a row than are allowed.
    static func hasTooManyMarks(_ text: String) -> Bool {
        var marks = 0
        return text.unicodeScalars.contains { scalar in
            marks = scalar.isCombiningMark ? marks + 1 : 0
            return marks > YAMLLimits.combiningMarks
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is put in order with its neighbours when strings are compared.
    var isCombiningMark: Bool {
        value >= 0x300 && properties.canonicalCombiningClass != .notReordered
    }

    /// The scalar's number as Unicode writes it, such as U+202E.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
