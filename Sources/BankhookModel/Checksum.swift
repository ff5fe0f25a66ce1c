/// The checksum of a record: `sha256:` and 64 hexadecimal digits.
package struct Checksum: Hashable, Sendable {
    package let text: String

    /// Accepts a checksum as a record holds it.
    package init?(_ text: String) {
        let hex = text.utf8.dropFirst(7)
        guard text.hasPrefix("sha256:"), hex.count == 64,
            hex.allSatisfy(\.isLowerCaseHexDigit)
        else { return nil }
        self.text = text
    }

    /// Takes the hexadecimal digits of a digest.
    package init(sha256 digits: String) {
        text = "sha256:\(digits)"
    }
}

extension Checksum: CustomStringConvertible {
    package var description: String { text }
}
