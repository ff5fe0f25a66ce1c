package import BankhookModel
internal import NIOCore
internal import NIOPosix

/// Finds out whether a host can be called from here: connects as a call does, through the proxy where
/// one applies, with TLS and full verification, and ends there. No request is sent.
package struct ConnectionTrial: Sendable {
    /// What came of it.
    package enum Outcome: Equatable, Sendable {
        /// The connection was made; `certificateEnd` is nil without TLS.
        case connected(certificateEnd: Timestamp?)
        /// The host took the connection, and TLS was not agreed in time.
        case handshakeTimedOut
        /// Why it was not, as for a call.
        case failed(Answer)
    }

    private let trustRoots: TrustRoots?
    private let proxies: Proxies
    private let timeout: TimeSpan

    /// `trustRoots` may be nil where every host is called over http; `timeout` is for each host.
    package init(trustRoots: TrustRoots?, proxies: Proxies, timeout: TimeSpan) {
        self.trustRoots = trustRoots
        self.proxies = proxies
        self.timeout = timeout
    }

    /// Tries one host, with the roots of a file beside the others; it never outlives its time-out.
    package func run(_ address: BaseURL, authorities: String?) async -> Outcome {
        let connections = Connections(limit: 1, userAgent: "", isTrial: true)
        let caller = HTTPCaller(
            connections: connections, trustRoots: trustRoots, proxies: proxies)
        let call = HTTPCall(
            method: .get, url: "\(address.canonical)/", address: address, headers: [],
            timeout: timeout, certificateAuthorityFile: authorities)
        let proxy = proxies.proxy(for: address)
        let start = ContinuousClock.now
        var outcome: Outcome
        do {
            // There is no request that could be answered.
            _ = try await caller.exchange(call, caller.request(for: call), proxy: proxy)
            outcome = .failed(.reset)
        } catch let error as RequestStop.Connected {
            outcome = .connected(certificateEnd: error.certificateEnd)
        } catch {
            outcome = .failed(
                proxy.map { Answer(failure: error, through: $0, wasStarted: false) }
                    ?? Answer(failure: error, host: address.host))
        }
        await connections.close()
        // The client has one time limit for both.
        if outcome == .failed(.connectTimedOut), proxy == nil, address.isSecure {
            let rest = timeout.duration - (ContinuousClock.now - start)
            if await accepts(address, within: max(rest, .milliseconds(250))) {
                outcome = .handshakeTimedOut
            }
        }
        return outcome
    }

    /// Whether a host takes a connection, which ends there.
    private func accepts(_ address: BaseURL, within limit: Duration) async -> Bool {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Bool.self)
        // Looking the name up is bounded by this alone.
        let timer = loop.scheduleTask(in: TimeAmount(limit)) { promise.succeed(false) }
        ClientBootstrap(group: loop).connectTimeout(TimeAmount(limit))
            .connect(host: address.host.plain, port: address.port).whenComplete { result in
                if case .success(let channel) = result { channel.close(promise: nil) }
                promise.succeed((try? result.get()) != nil)
            }
        defer { timer.cancel() }
        return (try? await promise.futureResult.get()) ?? false
    }
}
