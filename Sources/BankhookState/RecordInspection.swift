package import BankhookModel

/// What stands in a state directory: the records, and what is wrong with the other files.
package struct RecordInspection: Sendable {
    /// One file that is wrong.
    package struct Fault: Error, Sendable {
        package let error: StateError
        /// Whose file it is, where its name tells.
        package let environment: EnvironmentName?
        /// What a damaged file holds.
        package let bytes: [UInt8]?

        init(_ error: StateError, in environment: EnvironmentName? = nil, bytes: [UInt8]? = nil) {
            self.error = error
            self.environment = environment
            self.bytes = bytes
        }
    }

    /// Sorted by name.
    package let records: [DecodedRecord]
    package let faults: [Fault]
}
