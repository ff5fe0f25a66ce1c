internal import SourceText

/// An id of a link or an entity: whatever text its owner chose.
///
/// Two are equal where their bytes are: BankConnect does not know which ones Unicode calls
/// equivalent.
package struct BankConnectID: Sendable {
    package let text: String

    /// The longest that is accepted, in bytes.
    package static let maximumLength = 512

    /// Takes 1 to 512 bytes without control or invisible characters and without blanks at the ends;
    /// nil for anything else, and for `.` and `..`, which would lead to another call.
    package init?(_ text: String) {
        guard (1...BankConnectID.maximumLength).contains(text.utf8.count), text != ".",
            text != "..", text.first != " ", text.last != " ",
            !text.unicodeScalars.contains(where: \.isHiddenOrControl)
        else { return nil }
        self.text = text
    }

    /// For one segment of a path, or one value of a query.
    package var percentEncoded: String {
        var encoded = ""
        for byte in text.utf8 {
            if byte.isUnreservedInURL {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return encoded
    }
}

extension BankConnectID: Hashable {
    package static func == (left: BankConnectID, right: BankConnectID) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension BankConnectID: CustomStringConvertible {
    package var description: String { text }
}
