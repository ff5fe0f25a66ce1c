import NIOCore
import NIOPosix

/// What a host is on this machine, before a webhook is sent to it.
enum Loopback {
    /// The loopback addresses that a host means, in the order in which to try them; none where it
    /// means another machine or nothing at all.
    static func addresses(of host: String) async throws -> [String] {
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") { return ["127.0.0.1", "::1"] }
        if let literal = try? SocketAddress(ipAddress: host, port: 0) {
            return isLoopback(literal) ? [host] : []
        }
        // These names are set aside for documentation: asking for them could only take time.
        guard !name.hasSuffix(".example"), !name.hasSuffix(".invalid") else { return [] }
        let address = try? await NIOThreadPool.singleton.runIfActive {
            try SocketAddress.makeAddressResolvingHost(host, port: 0)
        }
        guard let address, isLoopback(address), let text = address.ipAddress else { return [] }
        return [text]
    }

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        guard let text = address.ipAddress else { return false }
        return text == "::1" || address.protocol == .inet && text.hasPrefix("127.")
    }
}
