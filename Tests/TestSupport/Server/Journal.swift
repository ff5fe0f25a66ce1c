import Synchronization

/// What a server has seen so far, and the waiting for what it will see.
final class Journal: Sendable {
    /// Everything that a test can ask for.
    struct Entries {
        /// In the order of completion.
        var requests: [ReceivedRequest] = []
        /// TCP connections accepted.
        var connectionCount = 0
        /// TLS handshakes completed.
        var handshakeCount = 0
        /// Heads of requests read.
        var requestsStarted = 0
        /// After decryption.
        var bytesReceived = 0
    }

    private struct State {
        var entries = Entries()
        var handedOut = 0
        /// Per number of a request that somebody waits for: opens when it is there.
        var arrivals: [Int: Gate] = [:]
        var isClosed = false

        /// The number of the next request to hand out, and a gate where it has yet to come.
        mutating func nextArrival() -> (number: Int, arrival: Gate?) {
            if isClosed || handedOut < entries.requests.count { return (handedOut, nil) }
            let arrival = arrivals[handedOut] ?? Gate()
            arrivals[handedOut] = arrival
            return (handedOut, arrival)
        }

        /// The request, or nil where another waiter was given it first.
        mutating func handOut(_ number: Int) throws -> ReceivedRequest? {
            guard handedOut == number else { return nil }
            guard number < entries.requests.count else { throw HostileServerError.stopped }
            handedOut += 1
            return entries.requests[number]
        }
    }

    private let state = Mutex(State())

    /// A copy of everything up to now.
    var entries: Entries { state.withLock { $0.entries } }

    /// Changes the counters, and returns what `change` does.
    func note<Value: Sendable>(_ change: (inout Entries) -> Value) -> Value {
        state.withLock { change(&$0.entries) }
    }

    /// Gives the request its number, writes it down, and wakes who waits for it.
    func record(_ make: (_ number: Int) -> ReceivedRequest) -> ReceivedRequest {
        let (request, arrival) = state.withLock { state in
            let request = make(state.entries.requests.count)
            state.entries.requests.append(request)
            return (request, state.arrivals.removeValue(forKey: request.number))
        }
        arrival?.open()
        return request
    }

    /// The oldest request that no earlier call has returned, as soon as there is one.
    func nextRequest() async throws -> ReceivedRequest {
        while true {
            let (number, arrival) = state.withLock { $0.nextArrival() }
            try await arrival?.wait()
            if let request = try state.withLock({ try $0.handOut(number) }) { return request }
        }
    }

    /// Ends the waiting of everyone whose request has not come.
    func close() {
        let arrivals = state.withLock { state in
            state.isClosed = true
            defer { state.arrivals = [:] }
            return state.arrivals.values
        }
        for arrival in arrivals { arrival.open() }
    }
}
