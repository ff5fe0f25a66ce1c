/// Why a proxy made no connection to the host behind it; nothing was sent to that host.
package enum ProxyFailure: Equatable, Sendable {
    /// The proxy itself, and it may work later: it refused to be connected to, no connection through
    /// it was there in time, or it ended the connection before the request.
    case unreachable, timedOut, closed
    /// Trying again changes nothing: nobody has the proxy's name, it wants a user name and password
    /// (407), or it answered CONNECT with a no.
    case nameNotFound, unauthorized, refused

    /// Whether a later attempt may fare better.
    package var mayPass: Bool {
        switch self {
        case .unreachable, .timedOut, .closed: true
        case .nameNotFound, .unauthorized, .refused: false
        }
    }
}
