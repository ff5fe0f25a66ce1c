internal import BankhookModel

/// Undoes the encodings in which an answer may echo a secret. What is no encoding stays as it is.
enum Decoding {
    /// `%41` to `A`.
    static func percent(_ text: [UInt8]) -> [UInt8] {
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
        var decoded = [UInt8]()
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                decoded.append(text[index])
                index += 1
                continue
            }
            if text[index + 1] == UInt8(ascii: "u"), index + 5 < text.count {
                let digits = text[(index + 2)...(index + 5)].map(\.hexDigitValue)
                let value = digits.reduce(UInt32?(0)) { sum, digit in
                    guard let sum, let digit else { return nil }
                    return sum << 4 | UInt32(digit)
                }
                if let value, value < 0x80 { decoded.append(UInt8(value)) }
                index += 6
            } else {
                decoded.append(text[index + 1])
                index += 2
            }
        }
        return decoded
    }

    /// Every run of hexadecimal digits, read from its first and from its second digit.
    static func hexadecimal(_ text: [UInt8]) -> [[UInt8]] {
        runs(of: text) { $0.hexDigitValue }.flatMap { run in
            (0..<2).map { start in
                var bytes = [UInt8]()
                var index = start
                while index + 1 < run.count {
                    bytes.append(run[index] << 4 | run[index + 1])
                    index += 2
                }
                return bytes
            }
        }
    }

    /// Every run of base64 characters of either alphabet, read at each of the four alignments.
    static func base64(_ text: [UInt8]) -> [[UInt8]] {
        runs(of: text, sextet).flatMap { run in
            (0..<4).map { start in
                var bytes = [UInt8]()
                var bits: UInt32 = 0
                var count = 0
                for value in run.dropFirst(start) {
                    bits = bits << 6 | UInt32(value)
                    count += 6
                    if count >= 8 {
                        count -= 8
                        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                    }
                }
                return bytes
            }
        }
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
