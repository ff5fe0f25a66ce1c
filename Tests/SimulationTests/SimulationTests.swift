import Testing

/// The machine that applies, on a simulated disk, against a simulated server. The seeds are those of
/// `sh Tests/simulate.sh`, or the first 1,000.
@Suite struct SimulationTests {
    @Test func `the invariants hold in every simulated history`() async throws {
        let range = SeedRange.fromVariables
        let found = try await SimulationSuite.run(range.seeds)
        for failure in found.failures.prefix(3) { Issue.record("\(failure)") }
        #expect(found.failures.count == 0)
        if range.isChosen { print(found.summary) }
        guard range.isWhole else { return }
        for counter in Counter.allCases {
            #expect(found.counters[counter, default: 0] > 0, "never reached: \(counter)")
        }
    }

    @Test(arguments: [7, 21])
    func `a seed replays its history`(seed: Int) async throws {
        let first = try await beside { SimulationSuite.history(seed, isTraced: true).trace }
        #expect(first.count > 10)
        let second = try await beside { SimulationSuite.history(seed, isTraced: true).trace }
        #expect(second == first)
    }
}
