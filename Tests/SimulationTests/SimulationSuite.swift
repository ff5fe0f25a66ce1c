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

    struct Findings: Sendable {
        var failures: [Failure] = []
        var counters: [Counter: Int] = [:]

        /// How often each thing was come across, for a person.
        var summary: String {
            let lines = Counter.allCases.map { "\($0) \(counters[$0, default: 0])" }
            return "failed \(failures.count)\n" + lines.joined(separator: "\n")
        }

        mutating func add(_ other: Findings) {
            failures += other.failures
            counters.merge(other.counters, uniquingKeysWith: +)
        }
    }

    private static let chunk = 50

    static func run(_ seeds: Range<Int>) async throws -> Findings {
        var all = Findings()
        for start in stride(from: seeds.lowerBound, to: seeds.upperBound, by: chunk) {
            all.add(
                try await beside { runChunk(start..<min(start + chunk, seeds.upperBound)) })
        }
        return all
    }

    private static func runChunk(_ seeds: Range<Int>) -> Findings {
        var all = Findings()
        for seed in seeds {
            let world = history(seed, isTraced: false)
            all.counters.merge(world.counters, uniquingKeysWith: +)
            guard !world.violations.isEmpty else { continue }
            let traced = history(seed, isTraced: true)
            all.failures.append(
                Failure(seed: seed, violations: world.violations, trace: traced.trace))
        }
        return all
    }

    /// Runs one history to its end.
    static func history(_ seed: Int, isTraced: Bool) -> World {
        var simulation = Simulation(seed: seed, isTraced: isTraced)
        do {
            try simulation.run()
        } catch {
            simulation.world.violate("\(error)")
        }
        return simulation.world
    }
}
