/// The identity of a record from its first intent to its removal: a lower-case UUID.
package struct Lineage: Hashable, Sendable {
    package let text: String

    /// Accepts the 36 characters of a UUID in lower case.
    package init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
            groups.joined().utf8.allSatisfy({
                $0.hexDigitValue != nil && !(0x41...0x46).contains($0)
            })
        else { return nil }
        self.text = text
    }
}

extension Lineage: CustomStringConvertible {
    package var description: String { text }
}
