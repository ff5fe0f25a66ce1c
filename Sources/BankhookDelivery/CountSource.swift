package import BankConnectAPI
package import BankhookModel
internal import Synchronization

/// A URL that answers how many deliveries an endpoint has had so far.
package final class CountSource: DeliverySource {
    package let name: String
    package let interval = Duration.seconds(2)
    private let get: @Sendable (TimeSpan) async -> Answer
    private let baseline = Mutex(Baseline())

    /// The count that a higher one is compared with.
    private struct Baseline {
        /// Nil until the first look that succeeds.
        var count: Int?
        /// How many came while the apply ran: to the old URL or to the new one.
        var passedOver = 0
        /// Whether the count could not be read when the URL was registered.
        var isLate = false
    }

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
        baseline.withLock { $0 = Baseline(count: count) }
    }

    /// Counts anew; where that fails, the first look that succeeds does.
    package func registered(at moment: Timestamp) async {
        let count = try? await count(within: Self.firstTimeout)
        baseline.withLock { baseline in
            guard let count else {
                baseline = Baseline(isLate: true)
                return
            }
            // One that went down is told by the next look.
            let before = baseline.count ?? count
            baseline.count = max(count, before)
            baseline.passedOver = max(count - before, 0)
        }
    }

    package func look(within limit: Duration) async -> DeliveryLook {
        let timeout = TimeSpan(seconds: Int((limit / .seconds(1)).rounded(.up)))
        do throws(WatchProblem) {
            let count = try await count(within: timeout)
            let baseline = baseline.withLock { baseline in
                baseline.count = baseline.count ?? count
                return baseline
            }
            let before = baseline.count ?? count
            if count > before { return .delivered(.counted) }
            guard count == before else {
                return .lost(
                    WatchProblem(
                        "the count of \(name) went down from \(before) to \(count)",
                        hint: "it must only ever grow, also when what counts starts anew"))
            }
            return baseline.isLate
                ? .failed(lateProblem) : .nothing(passedOver: baseline.passedOver)
        } catch {
            return .failed(error)
        }
    }

    /// Nothing came since the first look that succeeded; before it, nobody knows.
    private var lateProblem: WatchProblem {
        WatchProblem(
            "the count of \(name) could not be read when the URL was registered, and did not grow "
                + "since it could",
            hint: "look into the log of what receives")
    }

    private func count(within timeout: TimeSpan) async throws(WatchProblem) -> Int {
        try DeliveryCount(await get(timeout), from: name).value
    }
}
