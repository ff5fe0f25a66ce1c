/// One header line of a request, as it was written.
package struct HeaderField: Sendable, Equatable {
    /// In the case in which it was sent.
    package let name: String
    /// Without the white space around it.
    package let value: String
}
