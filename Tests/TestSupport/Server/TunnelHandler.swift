import NIOCore

/// The client's end of a tunnel: answers CONNECT, then hands on what comes.
final class TunnelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: any Channel
    private let number: Int
    private let records: TunnelRecords
    private var head = ""
    private var isOpen = false

    /// Writes into the record with that number.
    init(to server: any Channel, number: Int, records: TunnelRecords) {
        self.server = server
        self.number = number
        self.records = records
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        guard !isOpen else {
            records.note(number) { $0.bytes += buffer.readableBytesView }
            server.writeAndFlush(buffer, promise: nil)
            return
        }
        head += String(buffer: buffer)
        guard head.hasSuffix("\r\n\r\n") else { return }
        isOpen = true
        records.note(number) { $0.head = head }
        let answer = ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        server.close(promise: nil)
    }
}
