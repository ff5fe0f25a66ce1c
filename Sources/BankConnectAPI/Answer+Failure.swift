internal import AsyncHTTPClient
internal import BankhookModel
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension Answer {
    /// What an error of the HTTP client means.
    ///
    /// Only errors of connecting and of the TLS handshake prove that nothing was sent; everything
    /// else may have arrived.
    init(failure error: any Error, host: URLHost) {
        self =
            switch error {
            case is DeadlineExceeded: .timedOut
            case let error as HTTPClientError: Answer(client: error)
            case let error as NIOConnectionError: Answer(connection: error)
            case let error as NIOSSLError: Answer(tls: error)
            case let error as NIOSSLExtraError where error == .failedToValidateHostname:
                .tlsFailed("the certificate is for another host")
            case let error as IOError: Answer(io: error, host: host)
            case is SocketAddressError: .nameNotFound
            default: .reset
            }
    }

    /// What an error of the HTTP client means where it called through a proxy.
    ///
    /// `wasStarted` tells whether the request's first byte had been written. Where it had not, an
    /// error proves that nothing was sent; a deadline does not, for the request may be under way.
    init(failure error: any Error, through proxy: Proxy, wasStarted: Bool) {
        let plain = Answer(failure: error, host: proxy.host)
        guard let failure = ProxyFailure(error, plain: plain, wasStarted: wasStarted) else {
            self = plain == .connectionRefused ? .reset : plain
            return
        }
        self = .proxyFailed(failure, variable: proxy.variable)
    }

    private init(client error: HTTPClientError) {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: self = .connectTimedOut
        case .tlsHandshakeTimeout: self = .connectTimedOut
        case .deadlineExceeded, .readTimeout, .writeTimeout: self = .timedOut
        default: self = .reset
        }
    }

    private init(connection error: NIOConnectionError) {
        if error.connectionErrors.isEmpty {
            self = .nameNotFound
        } else {
            let isTimeOut = error.connectionErrors.allSatisfy { $0.error is ChannelError }
            self = isTimeOut ? .connectTimedOut : .connectionRefused
        }
    }

    private init(tls error: NIOSSLError) {
        guard case .handshakeFailed(let reason) = error else {
            self = .reset
            return
        }
        self = .tlsFailed(Answer.explain(reason))
    }

    /// A system call that failed.
    ///
    /// Connecting to a name fails as `NIOConnectionError`, so for a name this is a connection that
    /// was in use. For an address it may be either, and the numbers are the same: when a router
    /// reports that a host is gone, they come up on a connection in use too. Only a refusal is taken
    /// for a failure to connect there: nobody refuses a connection in use.
    private init(io error: IOError, host: URLHost) {
        if case .name = host {
            self = .reset
        } else {
            self = error.errnoCode == ECONNREFUSED ? .connectionRefused : .reset
        }
    }

    /// BoringSSL's reason in fewer words, for the ones that people meet.
    private static func explain(_ error: BoringSSLError) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "the certificate is not trusted, expired, not yet valid or for another use"
        }
        if text.contains("PROTOCOL") { return "the server has no TLS 1.2 or newer" }
        return "the handshake failed"
    }
}

extension ProxyFailure {
    /// Nil where the host behind the proxy may have been reached.
    fileprivate init?(_ error: any Error, plain: Answer, wasStarted: Bool) {
        switch error as? HTTPClientError {
        case HTTPClientError.proxyAuthenticationRequired: self = .unauthorized
        case HTTPClientError.invalidProxyResponse: self = .refused
        case HTTPClientError.httpProxyHandshakeTimeout: self = .timedOut
        default:
            switch plain {
            case .connectTimedOut: self = .timedOut
            case .nameNotFound: self = .nameNotFound
            case .connectionRefused where !wasStarted: self = .unreachable
            case .reset where !wasStarted: self = .closed
            default: return nil
            }
        }
    }
}
