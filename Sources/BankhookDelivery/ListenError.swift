internal import NIOCore
internal import SystemCalls

/// Why `listen` could not start.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    /// The system refused, in its own words.
    case cannotListen(host: String, port: Int, reason: String)

    init(_ error: any Error, host: String, port: Int) {
        let reason: String
        if let error = error as? IOError {
            reason = "\(SystemCallError("bind", number: error.errnoCode))"
        } else {
            reason = "\(error)"
        }
        self = .cannotListen(host: host, port: port, reason: reason)
    }

    package var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host), port \(port): \(reason)"
        }
    }
}
