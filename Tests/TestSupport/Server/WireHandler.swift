#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
import NIOCore

/// Ends the connection beneath TLS, which would otherwise say good-bye and wait for an answer.
///
/// The first handler of the pipeline; the others send it an `Ending` as an outbound event.
final class WireHandler: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        switch event as? Ending {
        case .cut:
            context.close(promise: promise)
        case .reset:
            // Closing with nothing to linger for is what makes TCP send RST instead of FIN.
            let socket = context.channel as? any SocketOptionProvider
            _ = socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            context.close(promise: promise)
        case .close, nil:
            context.triggerUserOutboundEvent(event, promise: promise)
        }
    }
}
