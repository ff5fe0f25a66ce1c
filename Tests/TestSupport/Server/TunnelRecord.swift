/// What a client showed a proxy on one connection.
package struct TunnelRecord: Sendable {
    /// The CONNECT request: its line and its headers, as they were sent.
    package internal(set) var head = ""
    /// What the client sent through the tunnel: over TLS nothing that anybody could read.
    package internal(set) var bytes: [UInt8] = []
}
