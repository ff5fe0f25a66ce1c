/// Why the emulator could not start to listen.
package enum EmulatorError: Error, Equatable, CustomStringConvertible {
    /// Another program listens there.
    case portInUse(host: String, port: Int)
    /// The system refused for another reason, in its own words.
    case cannotListen(host: String, port: Int, reason: String)

    /// What happened and what to do.
    package var description: String {
        switch self {
        case .portInUse(let host, let port):
            "port \(port) on \(host) is in use; choose another, or 0 to have a free one picked"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host), port \(port): \(reason)"
        }
    }
}
