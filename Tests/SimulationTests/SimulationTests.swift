import Testing

/// The machine that applies, on a simulated disk or a shared branch, against a simulated server. The
/// seeds are those of `sh Tests/simulate.sh`, or the first 1,000 and the first 500.
@Suite struct SimulationTests {
    @Test func `the invariants hold in every simulated history`() async throws {
        let range = SeedRange(usual: 1_000)
        check(try await SimulationSuite.run(range.seeds, SimulationSuite.directory), range)
    }

    @Test func `the invariants hold in every history of a shared branch`() async throws {
        let range = SeedRange(usual: 500)
        check(try await SimulationSuite.run(range.seeds, SimulationSuite.branch), range)
    }

    private func check<Counted>(
        _ found: SimulationSuite.Findings<Counted>, _ range: SeedRange,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for failure in found.failures.prefix(3) {
            Issue.record("\(failure)", sourceLocation: sourceLocation)
        }
        #expect(found.failures.count == 0, sourceLocation: sourceLocation)
        if range.isChosen { print(found.summary) }
        guard range.isWhole else { return }
        #expect(found.unreached == [], sourceLocation: sourceLocation)
    }

    @Test(arguments: [7, 21])
    func `a seed replays its history`(seed: Int) async throws {
        let first = try await beside { SimulationSuite.directory(seed, isTraced: true).trace }
        #expect(first.count > 10)
        let second = try await beside { SimulationSuite.directory(seed, isTraced: true).trace }
        #expect(second == first)
    }

    @Test(arguments: [7, 21])
    func `a seed replays its history of a shared branch`(seed: Int) async throws {
        let first = try await beside { SimulationSuite.branch(seed, isTraced: true).trace }
        #expect(first.count > 10)
        let second = try await beside { SimulationSuite.branch(seed, isTraced: true).trace }
        #expect(second == first)
    }
}
