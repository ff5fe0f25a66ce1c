internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension Answer {
    /// What an error of the HTTP client means.
    ///
    /// Only errors of connecting and of the TLS handshake prove that nothing was sent; everything
    /// else may have arrived.
    init(failure error: any Error) {
        self =
            switch error {
            case is DeadlineExceeded: .timedOut
            case let error as HTTPClientError: Answer(client: error)
            case let error as NIOConnectionError: Answer(connection: error)
            case let error as NIOSSLError: Answer(tls: error)
            case let error as NIOSSLExtraError where error == .failedToValidateHostname:
                .tlsFailed("the certificate is for another host")
            case let error as IOError: Answer(io: error)
            case is SocketAddressError: .nameNotFound
            default: .reset
            }
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

    /// An error of connecting to an address, or of a connection that was made long ago: the same
    /// numbers come up when a router reports, after the request was sent, that the host is gone. Only
    /// the library's words tell which call failed, so anything but connecting may have arrived.
    private init(io error: IOError) {
        let text = "\(error)"
        let isConnecting =
            text.hasPrefix("connect(") || text.hasPrefix("finishing a non-blocking connect")
        self = isConnecting ? .connectionRefused : .reset
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
