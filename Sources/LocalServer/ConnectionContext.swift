package import Hummingbird
package import NIOCore

/// What a request brings beside its message: the connection that it came in on.
package struct ConnectionContext: InitializableFromSource, Sendable {
    package let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}
