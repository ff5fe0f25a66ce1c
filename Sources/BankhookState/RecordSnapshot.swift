package import BankhookModel

/// What a store held for an environment at one moment, to the byte.
package struct RecordSnapshot: Equatable, Sendable {
    package let name: EnvironmentName
    /// Nil where there was no file.
    package let bytes: [UInt8]?
    package let decoded: DecodedRecord?

    package init(name: EnvironmentName, bytes: [UInt8]?, decoded: DecodedRecord?) {
        self.name = name
        self.bytes = bytes
        self.decoded = decoded
    }
}
