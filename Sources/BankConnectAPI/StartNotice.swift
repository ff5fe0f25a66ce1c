internal import NIOCore
internal import NIOHTTP1

/// Notes each request of a connection before its first byte, and takes its number out.
final class StartNotice: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private let started: StartedRequests

    init(_ started: StartedRequests) {
        self.started = started
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data),
            let number = head.headers.first(name: StartedRequests.header)
        else { return context.write(data, promise: promise) }
        started.note(number)
        head.headers.remove(name: StartedRequests.header)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
