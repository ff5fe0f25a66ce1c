import SourceText

/// Reads the directives at the head of a text, before libyaml does.
///
/// libyaml compares each `%TAG` with all before it: a megabyte of them would take minutes.
struct DirectiveCheck {
    private var cursor: TextCursor
    private var hasVersion = false

    /// Throws the first directive that is anything but the only `%YAML 1.1` or `%YAML 1.2`.
    static func check(_ bytes: [UInt8]) throws(SyntaxError) {
        var check = DirectiveCheck(cursor: TextCursor(bytes))
        try check.run()
    }

    private init(cursor: TextCursor) {
        self.cursor = cursor
    }

    private mutating func run() throws(SyntaxError) {
        while let byte = cursor.byte {
            let start = cursor.position
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                _ = cursor.next()
            case UInt8(ascii: "#"): _ = nextLine()
            case UInt8(ascii: "%") where start.column == 1: try judge(nextLine(), at: start)
            default: return
            }
        }
    }

    private mutating func judge(
        _ line: String.UnicodeScalarView, at start: Position
    ) throws(SyntaxError) {
        let range = SourceRange(
            start: start, end: Position(line: start.line, column: start.column + line.count))
        let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
            .prefix { !$0.hasPrefix("#") }
        guard words == ["%YAML", "1.1"] || words == ["%YAML", "1.2"] else {
            throw SyntaxError(
                code: .directive, range: range, message: "this directive is not supported",
                hint: "only '%YAML 1.1' and '%YAML 1.2' are")
        }
        guard !hasVersion else {
            throw SyntaxError(
                code: .directive, range: range, message: "a second %YAML directive is not allowed")
        }
        hasVersion = true
    }

    /// The rest of the line without its break.
    private mutating func nextLine() -> String.UnicodeScalarView {
        var line = String.UnicodeScalarView()
        while let scalar = cursor.next(), scalar != "\n" {
            if scalar != "\r" { line.append(scalar) }
        }
        return line
    }
}
