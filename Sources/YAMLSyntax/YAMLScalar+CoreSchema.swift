extension YAMLScalar {
    /// Resolves a plain scalar by the tables of YAML 1.2.2, section 10.3.2.
    ///
    /// `no`, `on` and `yes`, `1_000`, `0b1`, `1:30` and dates are strings there.
    static func resolve(_ text: String) -> Resolved {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".nan", ".NaN", ".NAN": return .float
        default: break
        }
        var rest = text.utf8[...]
        if rest.starts(with: "0o".utf8) {
            return all(rest.dropFirst(2), isOctal) ? .integer : .string
        }
        if rest.starts(with: "0x".utf8) {
            return all(rest.dropFirst(2), isHex) ? .integer : .string
        }
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            rest = rest.dropFirst()
        }
        if all(rest, isDigit) { return .integer }
        switch String(Substring(rest)) {
        case ".inf", ".Inf", ".INF": return .float
        default: return isFloat(rest) ? .float : .string
        }
    }

    /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, the sign taken off.
    private static func isFloat(_ text: Substring.UTF8View) -> Bool {
        let whole = text.prefix(while: isDigit)
        var rest = text[whole.endIndex...]
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest[fraction.endIndex...]
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return false }
        guard let mark = rest.first else { return true }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            rest = rest.dropFirst()
        }
        return all(rest, isDigit)
    }

    private static func all(_ text: Substring.UTF8View, _ belongs: (UInt8) -> Bool) -> Bool {
        !text.isEmpty && text.allSatisfy(belongs)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isOctal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte)
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
