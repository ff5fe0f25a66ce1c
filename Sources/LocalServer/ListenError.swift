internal import NIOCore
internal import SystemCalls

/// Why a server could not start to listen.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    /// Another program listens there.
    case portInUse(ListenAddress)
    /// The system refused for another reason, in its own words.
    case cannotListen(ListenAddress, reason: String)

    init(_ error: any Error, at address: ListenAddress) {
        guard let error = error as? IOError else {
            self = .cannotListen(address, reason: "\(error)")
            return
        }
        let refusal = SystemCallError("bind", number: error.errnoCode)
        self =
            refusal.isAddressInUse
            ? .portInUse(address) : .cannotListen(address, reason: "\(refusal)")
    }

    /// What happened and what to do.
    package var description: String {
        switch self {
        case .portInUse(let address):
            "port \(address.port) on \(address.host) is in use; choose another, or 0 to have a "
                + "free one picked"
        case .cannotListen(let address, let reason):
            "cannot listen on \(address.host), port \(address.port): \(reason)"
        }
    }
}
