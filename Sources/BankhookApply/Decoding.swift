internal import BankhookModel

/// Undoes the encodings in which an answer may echo a secret. What is no encoding stays as it is.
enum Decoding {
    /// Every reading of a text that differs from it and can hold at least so many encoded bytes.
    static func readings(of text: [UInt8], atLeast count: Int) -> [[UInt8]] {
        let unescaped = [percent(text), json(text)].filter { $0 != text }
        let unpacked = hexadecimal(text, atLeast: count) + base64(text, atLeast: count)
        return unescaped + unpacked.filter { !$0.isEmpty }
    }

    /// `%41` to `A`.
    static func percent(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "%")) else { return text }
        var decoded = [UInt8]()
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
                let high = text[index + 1].hexDigitValue, let low = text[index + 2].hexDigitValue
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(text[index])
                index += 1
            }
        }
        return decoded
    }

    /// `\u0041`, `\/` and the other escapes of JSON strings. Only ASCII matters: secrets are ASCII.
    static func json(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return text }
        var decoded = [UInt8]()
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                decoded.append(text[index])
                index += 1
                continue
            }
            if let value = codeUnit(text[(index + 2)...].prefix(4)),
                text[index + 1] == UInt8(ascii: "u")
            {
                decoded.append(value < 0x80 ? UInt8(value) : separator)
                index += 6
            } else {
                decoded.append(unescaped(text[index + 1]))
                index += 2
            }
        }
        return decoded
    }

    private static func codeUnit(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard digits.count == 4 else { return nil }
        return digits.reduce(UInt32?(0)) { sum, digit in
            guard let sum, let value = digit.hexDigitValue else { return nil }
            return sum << 4 | UInt32(value)
        }
    }

    /// What a letter behind a backslash stands for; a control character ends what stands before it.
    private static func unescaped(_ byte: UInt8) -> UInt8 {
        "bfnrt".utf8.contains(byte) ? separator : byte
    }

    /// No secret holds it, so that nothing is found across it.
    private static let separator: UInt8 = 0

    /// All runs of hexadecimal digits, read from the first and from the second digit of each.
    static func hexadecimal(_ text: [UInt8], atLeast count: Int) -> [[UInt8]] {
        unpack(text, bits: 4, alignments: 2, atLeast: count) { $0.hexDigitValue }
    }

    /// All runs of base64 characters of either alphabet, read at each of the four alignments.
    static func base64(_ text: [UInt8], atLeast count: Int) -> [[UInt8]] {
        unpack(text, bits: 6, alignments: 4, atLeast: count, sextet)
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// One reading per alignment: the bytes of every run that is long enough, each with a separator
    /// after it.
    private static func unpack(
        _ text: [UInt8], bits width: Int, alignments: Int, atLeast count: Int,
        _ value: (UInt8) -> UInt8?
    ) -> [[UInt8]] {
        let shortest = (8 * count + width - 1) / width
        let runs = runs(of: text, value).filter { $0.count >= shortest }
        guard !runs.isEmpty else { return [] }
        return (0..<alignments).map { start in
            var bytes = [UInt8]()
            for run in runs {
                append(run.dropFirst(start), bits: width, to: &bytes)
                bytes.append(separator)
            }
            return bytes
        }
    }

    private static func append(_ run: ArraySlice<UInt8>, bits width: Int, to bytes: inout [UInt8]) {
        var bits: UInt32 = 0
        var count = 0
        for value in run {
            bits = bits << UInt32(width) | UInt32(value)
            count += width
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
    }

    /// The values of every maximal run of bytes that have one.
    private static func runs(of text: [UInt8], _ value: (UInt8) -> UInt8?) -> [[UInt8]] {
        var runs = [[UInt8]]()
        var run = [UInt8]()
        for byte in text {
            if let value = value(byte) {
                run.append(value)
            } else if !run.isEmpty {
                runs.append(run)
                run = []
            }
        }
        if !run.isEmpty { runs.append(run) }
        return runs
    }
}
