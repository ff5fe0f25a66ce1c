@testable import BankhookApply
import BankhookModel
import Testing

struct SecretSearchTests {
    private static let long = "sk_live-9f8E7d6C5b4A.3210~zy"

    @Test(arguments: [
        "sk_live-9f8E7d6C5b4A.3210~zy", "sk_live-", "k_live-9", "210~zy", "E7d6C5b4A",
    ])
    func `any eight consecutive bytes are found, fewer are not`(part: String) throws {
        let found = try finds([Self.long], in: "…\(part)…")
        #expect(found == (part.utf8.count >= 8))
    }

    @Test func `every window of eight bytes is found, and no window of seven`() throws {
        let bytes = Array(Self.long.utf8)
        for start in 0...(bytes.count - 8) {
            let window = String(decoding: bytes[start..<(start + 8)], as: UTF8.self)
            #expect(try finds([Self.long], in: "a \(window) z"))
            #expect(try !finds([Self.long], in: "a \(window.dropLast()) z"))
        }
    }

    @Test func `a shorter secret is found whole only`() throws {
        #expect(try finds(["hash-12"], in: "x hash-12 y"))
        #expect(try finds(["hash-12"], in: "hash-12"))
        #expect(try !finds(["hash-12"], in: "hash-1 ash-12"))
        #expect(try finds(["7"], in: "at 7"))
        #expect(try !finds(["7"], in: "at 8"))
    }

    @Test func `each of several secrets is found, and none in other text`() throws {
        let secrets = [Self.long, "another-secret", "short"]
        for secret in secrets { #expect(try finds(secrets, in: "<\(secret)>")) }
        let others = [
            "", " ", "credentials were not provided.", "%", "\\", "%7", "\\u00", "shor t",
        ]
        for text in others { #expect(try !finds(secrets, in: text)) }
        #expect(try !finds([], in: Self.long))
    }

    @Test(arguments: Encoding.allCases)
    func `an encoded secret is found in the midst of other text`(_ encoding: Encoding) throws {
        for secret in [Self.long, "hash-12", "p@ss/w+rd=?%&\\\"{}"] {
            for (before, after) in [
                ("", ""), ("{\"echo\":\"", "\"}"), ("a=1&b=", "&c"), ("é ", " é"),
            ] {
                let text = before + encoding.encode(secret) + after
                #expect(try finds([secret], in: text), "\(text)")
            }
        }
    }

    @Test(arguments: Encoding.allCases, Encoding.allCases)
    func `one encoding within another is undone`(inner: Encoding, outer: Encoding) throws {
        let text = outer.encode("key=" + inner.encode(Self.long) + ";")
        #expect(try finds([Self.long], in: "{\"\(text)\"}"), "\(text)")
    }

    @Test(arguments: [Encoding.base64, .base64URL, .hexLower, .hexUpper])
    func `a packed secret is found at each alignment and glued to its neighbours`(
        _ encoding: Encoding
    ) throws {
        for count in 0..<7 {
            let filling = String(repeating: "x", count: count)
            #expect(try finds([Self.long], in: encoding.encode(filling + Self.long + "yy")))
            let glue = String(repeating: "a", count: count)
            #expect(try finds([Self.long], in: glue + encoding.encode(Self.long) + glue))
        }
    }

    @Test(arguments: [Encoding.base64, .base64URL])
    func `the last two letters of either base64 alphabet are read`(_ encoding: Encoding) throws {
        // Written in base64, no eight bytes of it are without one of the two.
        let secret = String(repeating: "~?>", count: 8)
        for count in 0..<3 {
            let filling = String(repeating: "?", count: count)
            #expect(try finds([secret], in: encoding.encode(filling + secret)))
        }
    }

    @Test(arguments: Encoding.allCases)
    func `what a cut leaves of a secret is found from eight bytes on`(_ encoding: Encoding) throws {
        let text = encoding.encode(String(repeating: ".", count: 3) + Self.long)
        // So much of the text holds the three dots and the secret's first nine bytes.
        let enough = encoding.encode(String(repeating: ".", count: 3) + Self.long.prefix(9))
        let body = String(repeating: " ", count: 65_536 - enough.utf8.count) + text
        #expect(try finds([Self.long], in: String(body.prefix(65_536))))
    }

    @Test func `a text of one character at the limit is no finding`() throws {
        for character in ["A", "0", "%", "\\", "=", " ", "\u{0}"] {
            let text = String(repeating: character, count: 65_536)
            #expect(try !finds([Self.long, "hash-12"], in: text))
        }
    }

    private func finds(_ secrets: [String], in text: String) throws -> Bool {
        SecretSearch(try secrets.map { try #require(Secret($0)) }).finds(in: Array(text.utf8))
    }
}

/// How an answer may write a secret.
enum Encoding: CaseIterable {
    case plain, percentUpper, percentLower, jsonUnicode, jsonSlash, hexLower, hexUpper, base64
    case base64URL

    func encode(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        switch self {
        case .plain: return String(text)
        case .percentUpper: return bytes.map { "%" + hex($0).uppercased() }.joined()
        case .percentLower: return bytes.map { "%" + hex($0) }.joined()
        case .jsonUnicode: return bytes.map { "\\u00" + hex($0) }.joined()
        case .jsonSlash: return text.map { "/\\\"".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        case .hexLower: return bytes.map(hex).joined()
        case .hexUpper: return bytes.map { hex($0).uppercased() }.joined()
        case .base64: return packed(bytes, "+/")
        case .base64URL: return packed(bytes, "-_")
        }
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private func packed(_ bytes: [UInt8], _ last: String) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last)
        let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        let sextets = stride(from: 0, to: bits.count, by: 6).map { start in
            (0..<6).reduce(0) { sum, place in
                sum << 1 | Int(start + place < bits.count ? bits[start + place] : 0)
            }
        }
        return String(sextets.map { letters[$0] })
    }
}
