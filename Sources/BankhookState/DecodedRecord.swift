package import BankhookModel

/// A record as it was read from its file.
package struct DecodedRecord: Equatable, Sendable {
    package let record: Record
    package let checksum: Checksum
    /// The meaning is intact, but the bytes are not those that bankhook writes: a checkout with
    /// CRLF, or a formatter. It is written in its own bytes at the next write.
    package let isReformatted: Bool
}
