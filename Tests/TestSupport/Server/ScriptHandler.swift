import NIOCore
import NIOHTTP1

/// Collects the requests of one connection and carries out, one after the other, what the script
/// says to them.
final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let connection: Int
    private let script: Script
    private let journal: Journal

    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var steps: ArraySlice<Step> = []
    private var isBusy = false
    /// Nil once the connection is gone: what was put off until later then finds nothing to do.
    private var context: ChannelHandlerContext?

    /// Serves the connection of that number, from 0 in the order of accepting.
    init(connection: Int, script: Script, journal: Journal) {
        self.connection = connection
        self.script = script
        self.journal = journal
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            journal.note { $0.requestsStarted += 1 }
            self.head = head
        case .body(var part):
            body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            let request = journal.record { makeRequest(number: $0, head: head) }
            body.clear()
            steps += script.behaviour(for: request).steps
            if !isBusy { takeStep() }
        }
    }

    /// A failed handshake, a request that is no HTTP, a connection that broke: nothing to answer.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.cut, context)
    }

    private func makeRequest(number: Int, head: HTTPRequestHead) -> ReceivedRequest {
        ReceivedRequest(
            number: number, connection: connection, method: head.method.rawValue, path: head.uri,
            headers: head.headers.map { HeaderField(name: $0.name, value: $0.value) },
            body: String(buffer: body))
    }
}

extension ScriptHandler {
    private func takeStep() {
        guard let context, let step = steps.popFirst() else {
            isBusy = false
            return
        }
        isBusy = true
        switch step {
        case .send(let bytes):
            send(bytes, context)
        case .repeatedly(_, _, times: 0):
            takeStep()
        case .repeatedly(let bytes, let pause, let times):
            let rest: [Step] = [.pause(pause), .repeatedly(bytes, pause: pause, times: times - 1)]
            steps = rest + steps
            send(bytes, context)
        case .pause(let duration):
            // Scheduled even where there is nothing to wait for, so that an endless repetition
            // neither nests calls nor keeps the loop from its other connections.
            context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(duration)) {
                self.takeStep()
            }
        case .pass(let gate):
            let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
            let loop = context.eventLoop
            gate.whenOpen { loop.execute { handler.value.takeStep() } }
        case .end(let ending):
            steps = []
            end(ending, context)
        case .stall:
            steps = []
        }
    }

    /// Goes on when the system has taken the bytes, so that a peer that does not read is not
    /// drowned; when it cannot take them, the connection is over.
    private func send(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenSuccess {
            self.takeStep()
        }
    }

    private func end(_ ending: Ending, _ context: ChannelHandlerContext) {
        switch ending {
        case .close: context.close(promise: nil)
        case .cut, .reset: context.triggerUserOutboundEvent(ending, promise: nil)
        }
    }
}
