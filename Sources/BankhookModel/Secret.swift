/// A credential or a webhook secret. It prints as `<redacted>` and cannot be encoded.
///
/// The value leaves it in two places only: a request's headers or URL, and a fingerprint.
package struct Secret: Hashable, Sendable {
    /// The value itself, for the wire and for fingerprints. Never interpolate it into a message.
    package let exposed: String

    /// The longest value that is accepted, in bytes.
    package static let maximumLength = 4_096

    /// Takes a value of 1 to 4,096 visible ASCII characters; one trailing newline is dropped.
    ///
    /// Returns nil for anything else (specification, section 2).
    package init?(_ text: String) {
        var value = Substring(text)
        if value.hasSuffix("\r\n") || value.hasSuffix("\n") { value = value.dropLast() }
        guard (1...Secret.maximumLength).contains(value.utf8.count),
            value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        exposed = String(value)
    }

    /// Whether the value may fill a placeholder of a webhook URL: 16 or more of `A-Za-z0-9._~-`.
    package var fitsInURL: Bool {
        exposed.utf8.count >= 16 && exposed.utf8.allSatisfy(\.isUnreservedInURL)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
