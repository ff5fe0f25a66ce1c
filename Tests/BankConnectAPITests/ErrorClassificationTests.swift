import AsyncHTTPClient
@testable import BankConnectAPI
import BankhookModel
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
    func `a router's report on a connection in use proves nothing`(number: Int32) throws {
        let error = IOError(errnoCode: number, reason: "connection reset (error set)")
        #expect(try answer(to: error) == .reset)
        guard number != ECONNREFUSED else { return }
        #expect(try answer(to: error, from: "192.0.2.1") == .reset)
    }

    @Test func `an address that refuses proves that nothing was sent`() throws {
        let error = IOError(errnoCode: ECONNREFUSED, reason: "connection reset (error set)")
        #expect(try answer(to: error, from: "192.0.2.1") == .connectionRefused)
        #expect(try answer(to: error, from: "[2001:db8::1]") == .connectionRefused)
    }

    @Test func `an alert on an established connection proves nothing`() throws {
        let errors: [any Error] = [
            NIOSSLError.uncleanShutdown, BoringSSLError.sslError([]), BoringSSLError.zeroReturn,
            HTTPClientError.remoteConnectionClosed, HTTPClientError.cancelled,
            ChannelError.ioOnClosedChannel, ChannelError.eof,
        ]
        for error in errors { #expect(try answer(to: error) == .reset) }
    }

    @Test func `waiting for a connection that never came sent nothing`() throws {
        let errors: [HTTPClientError] = [
            .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout,
        ]
        for error in errors { #expect(try answer(to: error) == .connectTimedOut) }
    }

    @Test func `waiting for an answer is a time-out`() throws {
        let errors: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .writeTimeout]
        for error in errors { #expect(try answer(to: error) == .timedOut) }
    }

    private func answer(
        to error: any Error, from host: String = "api.example"
    ) throws -> Answer {
        Answer(failure: error, host: try URLHost(host))
    }
}
