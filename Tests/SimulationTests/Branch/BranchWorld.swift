import Synchronization

/// What the fakes of one history of a shared branch have in common: chance, and what was found.
final class BranchWorld: Sendable {
    private struct State {
        var counters: [BranchCounter: Int] = [:]
        var violations: [String] = []
        var trace: [String] = []
    }

    let chance: Chance
    let time: SimulatedTime
    private let isTraced: Bool
    private let state = Mutex(State())

    init(seed: Int, isTraced: Bool) {
        self.isTraced = isTraced
        chance = Chance(seed: seed)
        time = SimulatedTime(chance: chance)
    }

    var violations: [String] { state.withLock { $0.violations } }
    var trace: [String] { state.withLock { $0.trace } }
    var counters: [BranchCounter: Int] { state.withLock { $0.counters } }

    func hit(_ counter: BranchCounter) {
        state.withLock { $0.counters[counter, default: 0] += 1 }
    }

    func note(_ line: @autoclosure () -> String) {
        guard isTraced else { return }
        let line = "\(time.elapsed / .milliseconds(1)) \(line())"
        state.withLock { $0.trace.append(line) }
    }

    /// An invariant does not hold.
    func violate(_ what: String) {
        note("VIOLATED: \(what)")
        state.withLock { $0.violations.append(what) }
    }
}
