/// Reads JSON as RFC 8259 defines it, and nothing more.
///
/// It is not the one that the client writes with: a mistake in one must not hide in the other.
struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0

    /// How deep values may be nested: enough for any real body, and safe for the stack.
    private static let maximumDepth = 64

    /// Why a text is not JSON. It says no more, because the API's answer says no more either.
    private struct SyntaxError: Error {}

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a whole text, or returns nil where it is not one JSON value in UTF-8.
    static func parse(_ bytes: [UInt8]) -> JSON? {
        var parser = JSONParser(bytes)
        guard let value = try? parser.value(depth: 0) else { return nil }
        parser.skipBlanks()
        return parser.index == bytes.count ? value : nil
    }

    private mutating func value(depth: Int) throws(SyntaxError) -> JSON {
        guard depth < JSONParser.maximumDepth else { throw SyntaxError() }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func members(depth: Int) throws(SyntaxError) -> [JSON.Member] {
        var members: [JSON.Member] = []
        try list(until: UInt8(ascii: "}")) { parser throws(SyntaxError) in
            guard parser.peek == UInt8(ascii: "\"") else { throw SyntaxError() }
            let name = try parser.string()
            parser.skipBlanks()
            guard parser.take(UInt8(ascii: ":")) else { throw SyntaxError() }
            members.append(JSON.Member(name: name, value: try parser.value(depth: depth)))
        }
        return members
    }

    private mutating func elements(depth: Int) throws(SyntaxError) -> [JSON] {
        var elements: [JSON] = []
        try list(until: UInt8(ascii: "]")) { parser throws(SyntaxError) in
            elements.append(try parser.value(depth: depth))
        }
        return elements
    }

    /// Reads what stands between a bracket, which is next, and its end: items and commas.
    private mutating func list(
        until end: UInt8, item: (inout JSONParser) throws(SyntaxError) -> Void
    ) throws(SyntaxError) {
        index += 1
        skipBlanks()
        if take(end) { return }
        while true {
            skipBlanks()
            try item(&self)
            skipBlanks()
            if take(end) { return }
            guard take(UInt8(ascii: ",")) else { throw SyntaxError() }
        }
    }

    private mutating func word(
        _ word: StaticString, _ value: JSON
    ) throws(SyntaxError) -> JSON {
        for byte in word.description.utf8 {
            guard take(byte) else { throw SyntaxError() }
        }
        return value
    }

    private mutating func number() throws(SyntaxError) -> String {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws(SyntaxError) {
        let start = index
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            index += 1
        }
        guard index > start else { throw SyntaxError() }
    }

    private mutating func string() throws(SyntaxError) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw SyntaxError()
                }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw SyntaxError()
            default: text.append(byte)
            }
        }
        throw SyntaxError()
    }

    private mutating func escape() throws(SyntaxError) -> [UInt8] {
        guard let byte = peek else { throw SyntaxError() }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try escapedScalar()
        default: throw SyntaxError()
        }
    }

    /// Reads the hex digits of `\u`, and the second half where the first is half of a pair.
    private mutating func escapedScalar() throws(SyntaxError) -> [UInt8] {
        let first = try hexDigits()
        var value = UInt32(first)
        if UTF16.isLeadSurrogate(first) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw SyntaxError() }
            let second = try hexDigits()
            guard UTF16.isTrailSurrogate(second) else { throw SyntaxError() }
            value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw SyntaxError() }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexDigits() throws(SyntaxError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw SyntaxError() }
            index += 1
            value = value << 4 + UInt16(digit)
        }
        return value
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
        }
    }
}
