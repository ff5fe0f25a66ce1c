import FoundationEssentials

/// Which histories to run, unless the variables say otherwise.
struct SeedRange {
    let seeds: Range<Int>
    /// Whether somebody asked for these.
    let isChosen: Bool
    /// Whether there are enough of them to come across everything.
    let isWhole: Bool

    /// `usual` is how many seeds the suite runs.
    init(usual: Int) {
        let variables = ProcessInfo.processInfo.environment
        let chosen = variables["BANKHOOK_SIMULATION_SEEDS"].flatMap { Int($0) }
        let count = chosen ?? usual
        let first = variables["BANKHOOK_SIMULATION_FIRST"].flatMap { Int($0) } ?? 1
        seeds = first..<(first + max(count, 1))
        isChosen = chosen != nil
        isWhole = count >= usual
    }
}
