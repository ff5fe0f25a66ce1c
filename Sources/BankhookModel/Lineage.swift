/// The identity of a record from its first intent to its removal: a lower-case UUID.
package struct Lineage: Hashable, Sendable {
    package let text: String

    /// Accepts the 36 characters of a UUID in lower case.
    package init?(_ text: String) {
        guard text.utf8.count == 36 else { return nil }
        for (index, byte) in text.utf8.enumerated() {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? byte == UInt8(ascii: "-") : byte.isLowerCaseHexDigit else { return nil }
        }
        self.text = text
    }
}

extension Lineage: CustomStringConvertible {
    package var description: String { text }
}
