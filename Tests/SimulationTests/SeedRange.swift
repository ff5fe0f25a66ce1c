import FoundationEssentials

/// Which histories to run: 1,000 unless the variables say otherwise.
struct SeedRange {
    let seeds: Range<Int>
    /// Whether somebody asked for these.
    let isChosen: Bool
    /// Whether there are enough of them to come across everything.
    var isWhole: Bool { seeds.count >= SeedRange.usual }

    private static let usual = 1_000

    static var fromVariables: SeedRange {
        let variables = ProcessInfo.processInfo.environment
        let chosen = variables["BANKHOOK_SIMULATION_SEEDS"].flatMap { Int($0) }
        let count = chosen ?? usual
        let first = variables["BANKHOOK_SIMULATION_FIRST"].flatMap { Int($0) } ?? 1
        return SeedRange(seeds: first..<(first + max(count, 1)), isChosen: chosen != nil)
    }
}
