import Hummingbird
import NIOCore

/// What a call brings beside its message: the connection, which a fault may have to close.
struct EmulatorContext: InitializableFromSource, Sendable {
    /// The connection that the call came in on.
    let channel: any Channel

    /// Takes the connection from the server's own context.
    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}
