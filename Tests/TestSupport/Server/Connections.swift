import NIOCore
import Synchronization

/// The open connections of a server, so that stopping it ends them all.
final class Connections: Sendable {
    private struct State {
        var open: [ObjectIdentifier: any Channel] = [:]
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Keeps the connection in mind until it ends; one that comes after the stop is refused.
    func add(_ channel: any Channel) throws {
        let id = ObjectIdentifier(channel)
        try state.withLock { state in
            guard !state.isStopped else { throw HostileServerError.stopped }
            state.open[id] = channel
        }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { _ = $0.open.removeValue(forKey: id) }
        }
    }

    /// Cuts every connection, as the end of the process would, and returns when all are gone.
    func stop() async {
        let open = state.withLock { state in
            state.isStopped = true
            return Array(state.open.values)
        }
        for channel in open { channel.triggerUserOutboundEvent(Ending.cut, promise: nil) }
        for channel in open { try? await channel.closeFuture.get() }
    }
}
