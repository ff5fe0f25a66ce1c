import Crypto

/// An account of the emulator: a pair of `x-api-key` and `server-hash`.
///
/// Only the digest of the pair is kept, so that no output, log or dump can hold a key.
package struct EmulatorAccount: Sendable, Hashable {
    /// The name in every output: `demo`, or `acct-` and eight hex digits of the digest.
    package let name: String
    private let digest: [UInt8]

    /// The account that the emulator has unless it is given others.
    package static let demo = EmulatorAccount(ofPair: "demo-api-key:demo-server-hash", name: "demo")

    /// Reads `KEY:HASH`, the form of the command's options and files.
    ///
    /// - Throws: `EmulatorAccountError` where the text is no such pair; it never holds the text.
    package init(parsing text: String) throws(EmulatorAccountError) {
        guard let colon = text.firstIndex(of: ":") else { throw .noColon }
        let (key, hash) = (text[..<colon], text[text.index(after: colon)...])
        guard !key.isEmpty else { throw .emptyKey }
        guard !hash.isEmpty else { throw .emptyHash }
        guard let account = EmulatorAccount(key: key, hash: hash) else {
            throw .unusableCharacter
        }
        self = account
    }

    /// The account of two header values, or nil where no account can have them.
    ///
    /// A colon in the key is refused: `a:b` and `c` would be the pair of `a` and `b:c`.
    init?(key: some StringProtocol, hash: some StringProtocol) {
        let isVisible = { (byte: UInt8) in (0x21...0x7E).contains(byte) }
        guard !key.isEmpty, !hash.isEmpty, !key.utf8.contains(UInt8(ascii: ":")),
            key.utf8.allSatisfy(isVisible), hash.utf8.allSatisfy(isVisible)
        else { return nil }
        self.init(ofPair: "\(key):\(hash)")
        if self == EmulatorAccount.demo { self = EmulatorAccount.demo }
    }

    private init(ofPair pair: String, name: String? = nil) {
        digest = Array(SHA256.hash(data: Array(pair.utf8)))
        self.name = name ?? EmulatorAccount.name(of: digest)
    }

    private static func name(of digest: [UInt8]) -> String {
        let digits = digest.prefix(4).map { byte in
            (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        }
        return "acct-" + digits.joined()
    }

    /// Two accounts are equal where their pairs are.
    package static func == (left: EmulatorAccount, right: EmulatorAccount) -> Bool {
        left.digest == right.digest
    }

    /// Hashes the digest alone.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
    }
}
