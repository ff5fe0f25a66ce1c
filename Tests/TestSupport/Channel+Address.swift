import NIOCore

extension Channel {
    /// The address that the channel is bound to; throws where it has none, as a closed one.
    func requireLocalAddress() throws -> SocketAddress {
        guard let localAddress else { throw ChannelError.unknownLocalAddress }
        return localAddress
    }
}

extension SocketAddress {
    /// The port; throws for an address without one.
    func requirePort() throws -> Int {
        guard let port else { throw ChannelError.unknownLocalAddress }
        return port
    }
}
