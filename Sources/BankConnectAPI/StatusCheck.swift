internal import NIOCore
internal import NIOHTTP1

/// Takes an answer with a status below 100 for what it is: no HTTP.
///
/// The HTTP client takes it for an interim answer, and a trap follows when its end comes.
final class StatusCheck: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    /// The status line of no answer.
    struct UnusableStatus: Error {}

    private var hasFailed = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), head.status.code < 100 {
            hasFailed = true
            context.fireErrorCaught(UnusableStatus())
            context.close(promise: nil)
        }
        if !hasFailed { context.fireChannelRead(data) }
    }
}
