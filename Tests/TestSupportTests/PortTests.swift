#if canImport(Glibc)
    import Glibc
#endif
import NIOCore
import NIOPosix
import Testing
import TestSupport

struct PortTests {
    @Test func `an unused port refuses every connection`() async throws {
        try await withUnusedPort { port in
            for _ in 0..<20 {
                let error = await #expect(throws: (any Error).self) {
                    _ = try await connect(to: port, timeout: .seconds(30))
                }
                #expect((error as? IOError)?.errnoCode == ECONNREFUSED, "\(error as Any)")
            }
        }
    }

    #if os(Linux)
        @Test func `connecting to a black hole neither succeeds nor is refused`() async throws {
            try await withBlackHole { port in
                for _ in 0..<3 {
                    let error = await #expect(throws: (any Error).self) {
                        _ = try await connect(to: port, timeout: .milliseconds(200))
                    }
                    guard case .connectTimeout? = error as? ChannelError else {
                        Issue.record("\(error as Any)")
                        return
                    }
                }
            }
        }
    #endif

    private func connect(to port: Int, timeout: TimeAmount) async throws {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(timeout).connect(to: address).get()
        try await channel.close()
    }
}
