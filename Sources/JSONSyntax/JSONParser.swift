/// Reads RFC 8259 to the letter: duplicate keys, a byte order mark, text after the value and
/// nesting over 64 levels are errors. (Foundation's decoder takes the first and drops the rest.)
package struct JSONParser {
    private let bytes: [UInt8]
    private var offset = 0
    private static let maximumDepth = 64

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value of a whole text.
    package static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 1)
        parser.skipBlanks()
        guard parser.offset == bytes.count else { throw parser.error("text after the value") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        skipBlanks()
        guard depth <= JSONParser.maximumDepth else { throw error("nested too deeply") }
        guard let byte = peek() else { throw error("unexpected end") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("unexpected character")
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        offset += 1
        var members = [JSONValue.Member]()
        var keys = JSONKeys()
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipBlanks()
            guard peek() == UInt8(ascii: "\"") else { throw error("expected a key") }
            let start = offset
            let key = try string()
            guard keys.insert(key, after: members) else {
                throw JSONSyntaxError(offset: start, message: "duplicate key")
            }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw error("expected ':'") }
            members.append(.init(key: key, value: try value(depth: depth + 1)))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("expected ',' or '}'") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        offset += 1
        var elements = [JSONValue]()
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("expected ',' or ']'") }
        return .array(elements)
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONSyntaxError)
        -> JSONValue
    {
        guard bytes[offset...].starts(with: word.utf8) else {
            throw error("unexpected character")
        }
        offset += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        let leading = offset
        try digits()
        if bytes[leading] == UInt8(ascii: "0"), offset > leading + 1 {
            throw error("a number with a leading zero")
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isInteger, text != "-0", let integer = Int(text) { return .integer(integer) }
        return .number(text)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = offset
        while let byte = peek(), (0x30...0x39).contains(byte) { offset += 1 }
        guard offset > start else { throw error("expected a digit") }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        offset += 1
        let start = offset
        var decoded = [UInt8]()
        var isPlain = true
        while let byte = peek(), byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error("a control character in a string") }
            if byte == UInt8(ascii: "\\") {
                if isPlain { decoded = Array(bytes[start..<offset]) }
                isPlain = false
                decoded += try escape().utf8
            } else {
                if !isPlain { decoded.append(byte) }
                offset += 1
            }
        }
        let raw = isPlain ? bytes[start..<offset] : decoded[...]
        guard take(UInt8(ascii: "\"")) else { throw error("a string without an end") }
        guard let text = String(validating: raw, as: UTF8.self) else {
            throw JSONSyntaxError(offset: start, message: "invalid UTF-8")
        }
        return text
    }

    private mutating func escape() throws(JSONSyntaxError) -> String {
        offset += 1
        let byte = peek()
        offset += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error("an unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> String {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), bytes[offset...].starts(with: "\\u".utf8) {
            offset += 2
            units.append(try codeUnit())
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw error("an unpaired surrogate")
        }
        return text
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, let first = digits.first, first != UInt8(ascii: "+"),
            first != UInt8(ascii: "-"),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("expected four hexadecimal digits") }
        offset += 4
        return unit
    }

    private func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private func error(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: min(offset, bytes.count), message: message)
    }
}
