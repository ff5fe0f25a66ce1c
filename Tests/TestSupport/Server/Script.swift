/// What a server does with each request.
///
/// Written as a list, it holds a behaviour per request in the order of their completion, and the
/// last one repeats. The empty list is for a server that should see no request: it closes.
package struct Script: Sendable, ExpressibleByArrayLiteral {
    private let choose: @Sendable (ReceivedRequest) -> Behaviour

    /// Chooses by what the request holds.
    package init(_ choose: @escaping @Sendable (ReceivedRequest) -> Behaviour) {
        self.choose = choose
    }

    /// One behaviour per request; the last one repeats.
    package init(_ behaviours: [Behaviour]) {
        self.init { request in
            guard let last = behaviours.last else { return .closeBeforeAnswer }
            return request.number < behaviours.count ? behaviours[request.number] : last
        }
    }

    /// One behaviour per request, written as a list; the last one repeats.
    package init(arrayLiteral behaviours: Behaviour...) {
        self.init(behaviours)
    }

    /// What the server does with this request.
    func behaviour(for request: ReceivedRequest) -> Behaviour { choose(request) }
}
