internal import Hummingbird
internal import NIOCore

/// What a request brings beside its message: the connection, which has to end in good order.
struct ListenContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}
