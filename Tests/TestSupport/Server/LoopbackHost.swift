/// How a base URL names the loopback.
package enum LoopbackHost: String, Sendable {
    /// By its IPv4 address.
    case address = "127.0.0.1"
    /// By the name that every machine knows.
    case name = "localhost"
}
