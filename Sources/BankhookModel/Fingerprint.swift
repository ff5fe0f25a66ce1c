internal import Crypto
internal import FoundationEssentials

/// A keyed hash that tells that a value changed, and nothing else about it.
///
/// It prints as `hmac-sha256:` and 16 hexadecimal digits (specification, section 3).
package struct Fingerprint: Hashable, Sendable {
    package let text: String

    private static let prefix = "hmac-sha256:"
    private static let digits = 16

    /// Accepts a fingerprint as a record holds it.
    package init?(_ text: String) {
        guard text.hasPrefix(Fingerprint.prefix) else { return nil }
        let hex = text.utf8.dropFirst(Fingerprint.prefix.utf8.count)
        guard hex.count == Fingerprint.digits,
            hex.allSatisfy(\.isLowerCaseHexDigit)
        else { return nil }
        self.text = text
    }

    private init(of message: String, key: some ContiguousBytes) {
        let code = Fingerprint.code(of: message, key: key)
        let hex = code.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        text = Fingerprint.prefix + hex.joined().prefix(Fingerprint.digits)
    }

    private static func code(of message: String, key: some ContiguousBytes)
        -> HMAC<SHA256>.MAC
    {
        HMAC<SHA256>.authenticationCode(
            for: Array(message.utf8), using: SymmetricKey(data: key))
    }

    /// The fingerprint of an account, keyed by the record's lineage.
    package static func account(
        baseURL: BaseURL, flow: Flow, credentials: Credentials, lineage: Lineage
    ) -> Fingerprint {
        Fingerprint(
            of: """
                account
                \(baseURL.canonical)
                \(flow.rawValue)
                \(credentials.apiKey.exposed)
                \(credentials.serverHash.exposed)
                """, key: Array(lineage.text.utf8))
    }

    /// The fingerprints of webhook secrets by name, keyed by lineage and credentials, so that a
    /// short token cannot be guessed from a committed file.
    package static func webhookSecrets(_ secrets: SecretValues, lineage: Lineage)
        -> [String: Fingerprint]
    {
        guard !secrets.webhookSecrets.isEmpty else { return [:] }
        let key = code(
            of: """
                secret
                \(secrets.credentials.apiKey.exposed)
                \(secrets.credentials.serverHash.exposed)
                """, key: Array(lineage.text.utf8))
        var fingerprints = [String: Fingerprint]()
        for (name, secret) in secrets.webhookSecrets {
            fingerprints[name] = Fingerprint(of: "\(name)\n\(secret.exposed)", key: Array(key))
        }
        return fingerprints
    }
}

extension Fingerprint: CustomStringConvertible {
    package var description: String { text }
}
