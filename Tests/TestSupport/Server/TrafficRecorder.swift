import NIOCore
import NIOTLS

/// Notes completed handshakes and every byte that comes out of TLS, before anyone parses it.
final class TrafficRecorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let journal: Journal

    /// Writes into the server's journal.
    init(journal: Journal) {
        self.journal = journal
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = unwrapInboundIn(data).readableBytes
        journal.note { $0.bytesReceived += count }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent {
            journal.note { $0.handshakeCount += 1 }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
