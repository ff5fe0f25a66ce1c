/// A whole request that a hostile server has read.
package struct ReceivedRequest: Sendable, Equatable {
    /// Its place in the order in which the server's requests were complete, from 0.
    package let number: Int
    /// The connection that it came on, from 0 in the order of accepting.
    package let connection: Int
    /// Such as `POST`.
    package let method: String
    /// The request target as written: path and query, or `host:port` for CONNECT.
    package let path: String
    /// In the order and spelling in which they were sent.
    package let headers: [HeaderField]
    /// Decoded as UTF-8, with replacement characters where it is not.
    package let body: String

    /// The value of the first header of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
