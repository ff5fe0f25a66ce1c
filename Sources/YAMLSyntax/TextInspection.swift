import SourceText

/// A first look at a text, before libyaml sees it: encoding, line breaks and control characters.
///
/// libyaml takes a lone CR, NEL, LS and PS for line breaks, which no editor shows as such, and
/// reports the characters it does not accept without a line.
struct TextInspection {
    /// Whether there is something that libyaml's events do not show: characters that are invisible,
    /// or `?`, which may announce a complex key.
    private(set) var needsCloserLook = false
    /// The position after the last scalar.
    private(set) var end = Position.start

    private let bytes: [UInt8]
    private var line = 1
    /// The offset at which column 1 of the line would be if all its scalars so far took one byte.
    private var origin: Int
    /// The combining marks in a row that end at `marksEnd`.
    private var marks = 0
    private var marksEnd = 0

    /// Goes through the whole text; throws its first mistake.
    init(_ bytes: [UInt8]) throws(SyntaxError) {
        self.bytes = bytes
        origin = ByteOrderMark.length(in: bytes)
        guard bytes.count <= YAMLLimits.bytes else {
            throw TextInspection.mistake(
                .tooLarge, at: .start, "the text is larger than \(YAMLLimits.bytes >> 20) MiB")
        }
        guard !ByteOrderMark.isWide(bytes) else {
            throw TextInspection.mistake(
                .encoding, at: .start, "the text is UTF-16 or UTF-32", hint: "save it as UTF-8")
        }
        var offset = origin
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte >= 0x20, byte < 0x7F {
                if byte == UInt8(ascii: "?") { needsCloserLook = true }
                offset += 1
            } else if byte == UInt8(ascii: "\n") {
                offset += 1
                line += 1
                origin = offset
            } else {
                offset += try inspect(at: offset)
            }
        }
        end = position(of: offset)
    }

    /// Looks at a scalar that is neither printable ASCII nor LF; returns its length.
    private mutating func inspect(at offset: Int) throws(SyntaxError) -> Int {
        guard let found = UTF8Scalar(in: bytes, at: offset) else {
            let byte = String(bytes[offset], radix: 16, uppercase: true)
            throw TextInspection.mistake(
                .encoding, at: position(of: offset),
                "the text is not UTF-8: byte 0x\(byte) begins no character here",
                hint: "save it as UTF-8")
        }
        let scalar = found.scalar
        switch scalar.value {
        case 0x09: break
        case 0x0D where offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n"): break
        case 0x0D, 0x85, 0x2028, 0x2029:
            throw TextInspection.mistake(
                .encoding, at: position(of: offset),
                "\(scalar.codePoint) is not supported as a line break", hint: "use LF or CRLF")
        case 0x00...0x9F, 0xFEFF, 0xFFFE, 0xFFFF:
            throw TextInspection.mistake(
                .character, at: position(of: offset), YAMLCharacters.refusal(of: scalar))
        default:
            if scalar.isHiddenOrControl { needsCloserLook = true }
            try count(scalar, at: offset, length: found.length)
        }
        origin += found.length - 1
        return found.length
    }

    private mutating func count(
        _ scalar: Unicode.Scalar, at offset: Int, length: Int
    ) throws(SyntaxError) {
        guard scalar.isCombiningMark else { return }
        marks = offset == marksEnd ? marks + 1 : 1
        marksEnd = offset + length
        guard marks <= YAMLLimits.combiningMarks else {
            throw TextInspection.mistake(
                .character, at: position(of: offset), YAMLCharacters.tooManyMarks)
        }
    }

    private func position(of offset: Int) -> Position {
        Position(line: line, column: offset - origin + 1)
    }

    private static func mistake(
        _ code: YAMLMistake, at position: Position, _ message: String, hint: String? = nil
    ) -> SyntaxError {
        SyntaxError(
            code: code, range: SourceRange(at: position), message: message, hint: hint,
            hasKnownSurroundings: false)
    }
}
