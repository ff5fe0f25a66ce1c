import AsyncHTTPClient
@testable import BankConnectAPI
import NIOCore
import NIOPosix
import NIOSSL
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Errors that no server on the loopback can bring about.
struct ErrorClassificationTests {
    @Test(arguments: [EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, ECONNREFUSED, ETIMEDOUT])
    func `a router's report on a connection in use proves nothing`(number: Int32) {
        for call in [
            "read(descriptor:pointer:size:)", "writev(descriptor:iovecs:)",
            "connection reset (error set)", "so_error",
        ] {
            #expect(Answer(failure: IOError(errnoCode: number, reason: call)) == .reset)
        }
    }

    @Test(arguments: [EHOSTUNREACH, ENETUNREACH, ECONNREFUSED])
    func `the same report while connecting proves that nothing was sent`(number: Int32) {
        let reason = "finishing a non-blocking connect failed"
        let error = IOError(errnoCode: number, reason: reason)
        #expect(Answer(failure: error) == .connectionRefused)
    }

    @Test func `an alert on an established connection proves nothing`() {
        let errors: [any Error] = [
            NIOSSLError.uncleanShutdown, BoringSSLError.sslError([]), BoringSSLError.zeroReturn,
            HTTPClientError.remoteConnectionClosed, HTTPClientError.cancelled,
            ChannelError.ioOnClosedChannel, ChannelError.eof,
        ]
        for error in errors { #expect(Answer(failure: error) == .reset) }
    }

    @Test func `waiting for a connection that never came sent nothing`() {
        let errors: [HTTPClientError] = [
            .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout,
        ]
        for error in errors { #expect(Answer(failure: error) == .connectTimedOut) }
    }

    @Test func `waiting for an answer is a time-out`() {
        let errors: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .writeTimeout]
        for error in errors { #expect(Answer(failure: error) == .timedOut) }
    }
}
