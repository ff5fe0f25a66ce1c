// What the server has seen up to now. A client's own end of an exchange comes after the server's
// record of it, so that a test which has its answer reads complete numbers.
extension HostileServer {
    /// Every request that was read whole, in the order of completion.
    package var requests: [ReceivedRequest] { journal.entries.requests }

    /// How many TCP connections were accepted.
    package var connectionCount: Int { journal.entries.connectionCount }

    /// How many TLS handshakes were completed.
    package var handshakeCount: Int { journal.entries.handshakeCount }

    /// How many requests were begun: their head was read whole.
    package var requestsStarted: Int { journal.entries.requestsStarted }

    /// How many bytes clients have sent, over TLS counted after decryption: 0 means that not even
    /// the first byte of a request was sent.
    package var bytesReceived: Int { journal.entries.bytesReceived }

    /// The oldest request that no earlier call has returned, as soon as there is one.
    ///
    /// Throws `HostileServerError.stopped` once the server has stopped and there is no further
    /// one, and `CancellationError` when the task is cancelled.
    package func nextRequest() async throws -> ReceivedRequest {
        try await journal.nextRequest()
    }
}
