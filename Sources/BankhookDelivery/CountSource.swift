package import BankConnectAPI
package import BankhookModel
internal import Synchronization

/// A URL that answers how many deliveries an endpoint has had so far.
package final class CountSource: DeliverySource {
    package let name: String
    package let interval = Duration.seconds(2)
    private let get: @Sendable (TimeSpan) async -> Answer
    /// Nil until the first look that succeeds.
    private let baseline = Mutex(Int?.none)

    /// How long the first answer may take.
    private static let firstTimeout = TimeSpan(seconds: 10)

    /// `get` asks the URL, within a time-out.
    package init(_ url: EndpointURL, get: @Sendable @escaping (TimeSpan) async -> Answer) {
        name = url.origin
        self.get = get
    }

    /// Asks with a GET that carries no credentials and follows no redirect.
    package convenience init(_ url: EndpointURL, by caller: HTTPCaller) {
        self.init(url) { timeout in
            await caller.reply(
                to: HTTPCall(
                    method: .get, url: url.exposed, address: url,
                    headers: [HTTPHeader("accept", "application/json")], timeout: timeout,
                    // One more than what is taken tells that there is more.
                    answerLimit: DeliveryCount.longestBody + 1)
            ).answer
        }
    }

    package func begin() async throws(WatchProblem) {
        let count = try await count(within: Self.firstTimeout)
        baseline.withLock { $0 = count }
    }

    /// Counts anew; where that fails, the first look that succeeds does.
    package func registered(at moment: Timestamp) async {
        let count = try? await count(within: Self.firstTimeout)
        baseline.withLock { baseline in
            // One that went down is told by the next look.
            if let count { baseline = max(count, baseline ?? count) } else { baseline = nil }
        }
    }

    package func look(within limit: Duration) async -> DeliveryLook {
        let timeout = TimeSpan(seconds: Int((limit / .seconds(1)).rounded(.up)))
        do throws(WatchProblem) {
            let count = try await count(within: timeout)
            let before = baseline.withLock { baseline in
                defer { baseline = baseline ?? count }
                return baseline ?? count
            }
            if count > before { return .delivered(.counted) }
            guard count == before else {
                return .lost(
                    WatchProblem(
                        "the count of \(name) went down from \(before) to \(count)",
                        hint: "it must only ever grow, also when what counts starts anew"))
            }
            return .nothing(passedOver: 0)
        } catch {
            return .failed(error)
        }
    }

    private func count(within timeout: TimeSpan) async throws(WatchProblem) -> Int {
        try DeliveryCount(await get(timeout), from: name).value
    }
}
