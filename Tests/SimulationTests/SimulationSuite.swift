/// Many histories, one after the other.
enum SimulationSuite {
    struct Failure: CustomStringConvertible, Sendable {
        let seed: Int
        let violations: [String]
        let trace: [String]

        var description: String {
            """
            seed \(seed): \(violations.joined(separator: "; "))
            replay: sh Tests/simulate.sh 1 \(seed)
            \(trace.joined(separator: "\n"))
            """
        }
    }

    struct Findings<Counted>: Sendable
    where Counted: RawRepresentable & CaseIterable & Hashable & Sendable, Counted.RawValue == String
    {
        var failures: [Failure] = []
        var counters: [Counted: Int] = [:]

        /// How often each thing was come across, for a person.
        var summary: String {
            let lines = Counted.allCases.map { "\($0.rawValue) \(counters[$0, default: 0])" }
            return "failed \(failures.count)\n" + lines.joined(separator: "\n")
        }

        /// What was never come across.
        var unreached: [String] {
            Counted.allCases.filter { counters[$0, default: 0] == 0 }.map(\.rawValue)
        }

        mutating func add(_ other: Findings) {
            failures += other.failures
            counters.merge(other.counters, uniquingKeysWith: +)
        }
    }

    private static let chunk = 50

    /// Runs a history for each seed; one that fails is run once more, traced.
    static func run<History: SimulatedHistory>(
        _ seeds: Range<Int>,
        _ history: @Sendable @escaping (_ seed: Int, _ isTraced: Bool) -> History
    ) async throws -> Findings<History.Counted> {
        var all = Findings<History.Counted>()
        for start in stride(from: seeds.lowerBound, to: seeds.upperBound, by: chunk) {
            all.add(
                try await beside {
                    runChunk(start..<min(start + chunk, seeds.upperBound), history)
                })
        }
        return all
    }

    private static func runChunk<History: SimulatedHistory>(
        _ seeds: Range<Int>, _ history: (_ seed: Int, _ isTraced: Bool) -> History
    ) -> Findings<History.Counted> {
        var all = Findings<History.Counted>()
        for seed in seeds {
            let found = history(seed, false)
            all.counters.merge(found.counters, uniquingKeysWith: +)
            guard !found.violations.isEmpty else { continue }
            let traced = history(seed, true)
            all.failures.append(
                Failure(seed: seed, violations: found.violations, trace: traced.trace))
        }
        return all
    }

    /// Runs one history of a directory to its end.
    static func directory(_ seed: Int, isTraced: Bool) -> World {
        var simulation = Simulation(seed: seed, isTraced: isTraced)
        do {
            try simulation.run()
        } catch {
            simulation.world.violate("\(error)")
        }
        return simulation.world
    }

    /// Runs one history of a shared branch to its end.
    static func branch(_ seed: Int, isTraced: Bool) -> BranchWorld {
        var simulation = BranchSimulation(seed: seed, isTraced: isTraced)
        do {
            try simulation.run()
        } catch {
            simulation.world.violate("\(error)")
        }
        return simulation.world
    }
}
