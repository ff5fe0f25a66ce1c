package import BankConnectAPI
package import BankhookModel

/// Tries endpoints with the payloads that BankConnect documents (specification, section 8).
///
/// It claims no more than what happened from this machine: BankConnect's own network may be let in
/// where this one is not, and the other way round.
package struct Probe: Sendable {
    private let client: EndpointClient
    private let time: RunTime

    /// What tells a receiver that nothing happened.
    package static let mark = HTTPHeader("X-Bankhook-Probe", "1")

    package init(_ client: EndpointClient, time: RunTime) {
        self.client = client
        self.time = time
    }

    /// Posts one payload.
    package func run(_ target: ProbeTarget, shape: ProbeShape) async -> ProbeResult {
        let start = time.elapsed()
        let reply = await client.post(
            shape.body, to: target.url,
            // A fleet has thousands of endpoints: no connection is kept for a second payload.
            headers: [Probe.mark, HTTPHeader("connection", "close")] + target.headers,
            timeout: target.timeout)
        let latency = time.elapsed() - start
        return ProbeResult(
            target: target, shape: shape, answer: reply.answer, latency: latency,
            certificateDays: reply.certificateEnd.map { end in
                // Whole days that are left: not one more than there are.
                Int((Double(end.seconds(since: time.now())) / 86_400).rounded(.down))
            })
    }

    /// Posts payloads to every target, `parallelism` targets at a time and one payload after the
    /// other at each; the results come in the order of the targets.
    package func run(
        _ targets: [ProbeTarget], allShapes: Bool, parallelism: Int
    ) async -> [ProbeResult] {
        await withTaskGroup(of: (Int, [ProbeResult]).self) { group in
            var waiting = targets.enumerated().makeIterator()
            func startNext() {
                guard let (number, target) = waiting.next() else { return }
                group.addTask {
                    let shapes = ProbeShape.shapes(of: target.flow)
                    var results = [ProbeResult]()
                    for shape in allShapes ? shapes : Array(shapes.prefix(1)) {
                        results.append(await run(target, shape: shape))
                    }
                    return (number, results)
                }
            }
            for _ in 0..<parallelism { startNext() }
            var all = [(Int, [ProbeResult])]()
            for await results in group {
                all.append(results)
                startNext()
            }
            return all.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
