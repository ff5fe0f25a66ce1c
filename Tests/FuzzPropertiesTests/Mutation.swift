/// Small changes to a text, as a fuzzer makes them.
enum Mutation {
    /// What has a meaning in one of the texts, or had one in an attack.
    private static let words = [
        "\n", "\r\n", "\t", " ", ":", ": ", "- ", "#", "'", "\"", "\\", "{", "}", "[", "]", ",",
        "*a", "&a ", "<<: ", "!x ", "|\n", "---\n", "%", "@", "/", "//", "?", "::", "##[", "0x",
        "127.1", ".", "null", "\u{0}", "\u{301}", "\u{200B}", "\u{202E}", "\u{A0}", "\u{FEFF}",
        "credentials: ", "webhook_secrets: ", "https://", "\\u0000", "1e9", "zq7canary9hx4token2k",
    ]

    /// A text with one to four changes.
    static func change(
        _ bytes: [UInt8], with other: [UInt8], by random: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where place < bytes.count:
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 4:
                let cut = Int.random(in: 0...other.count, using: &random)
                bytes.replaceSubrange(place..., with: other[cut...])
            default:
                bytes.insert(
                    contentsOf: (words.randomElement(using: &random) ?? "").utf8, at: place)
            }
        }
        return bytes
    }
}
