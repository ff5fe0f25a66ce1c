import BankhookModel
import BankhookApply
import Synchronization

/// What the fakes of one simulated history share: chance, the faults to come, whether the process
/// lives, and what was found.
final class World: Sendable {
    private struct Reached {
        var diskOperations = 0
        var ofKind: [DiskOperation: Int] = [:]
        var requests = 0
        var jobs = 0
    }

    private struct State {
        var faults = Faults.none
        var interruption = Interruption()
        var isDead = false
        var reached = Reached()
        var counters: [Counter: Int] = [:]
        var violations: [String] = []
        var trace: [String] = []
        var diskErrors = 0
    }

    let seed: Int
    let chance: Chance
    private let isTraced: Bool
    private let state = Mutex(State())

    init(seed: Int, isTraced: Bool) {
        self.seed = seed
        self.isTraced = isTraced
        chance = Chance(seed: seed)
    }

    var isDead: Bool { state.withLock { $0.isDead } }
    var faults: Faults { state.withLock { $0.faults } }
    var interruption: Interruption { state.withLock { $0.interruption } }
    var violations: [String] { state.withLock { $0.violations } }
    var trace: [String] { state.withLock { $0.trace } }
    var counters: [Counter: Int] { state.withLock { $0.counters } }
    /// How many disk operations failed on purpose.
    var diskErrors: Int { state.withLock { $0.diskErrors } }
    /// How many there were in this process.
    var diskOperations: Int { state.withLock { $0.reached.diskOperations } }

    /// A new process starts, and this is what will go wrong.
    func begin(_ faults: Faults) {
        note("begin \(faults)")
        state.withLock { state in
            state.faults = faults
            state.interruption = Interruption()
            state.isDead = false
            state.reached = Reached()
        }
    }

    /// Counts a disk operation. Tells whether the process dies in it, and whether it fails.
    func reach(_ operation: DiskOperation) -> (dies: Bool, fails: Bool) {
        let moments = state.withLock { state in
            state.reached.diskOperations += 1
            state.reached.ofKind[operation, default: 0] += 1
            return [
                Moment.diskOperation(state.reached.diskOperations),
                .disk(operation, state.reached.ofKind[operation, default: 0]),
            ]
        }
        let faults = faults
        let isFull =
            operation == .create
            && faults.fullFrom.map { diskOperations >= $0 } ?? false
        return (reach { _ in moments }, isFull || moments.contains(where: faults.failing.contains))
    }

    /// Counts a request. True when the process dies while it is under way.
    func reachRequest() -> Bool {
        reach { state in
            state.reached.requests += 1
            return [.request(state.reached.requests)]
        }
    }

    /// Counts a job of the executor. True when the process dies before it.
    func reachJob() -> Bool {
        reach { state in
            state.reached.jobs += 1
            return [.job(state.reached.jobs)]
        }
    }

    private func reach(_ count: (inout State) -> [Moment]) -> Bool {
        let (moments, faults, interruption, isDead) = state.withLock { state in
            (count(&state), state.faults, state.interruption, state.isDead)
        }
        guard !isDead else { return false }
        if let moment = faults.interruption, moments.contains(moment) {
            note("signal at \(moment)")
            hit(.interruption)
            interruption.request(signal: 15)
        }
        guard let moment = faults.crash, moments.contains(moment) else { return false }
        note("the process dies at \(moment)")
        state.withLock { $0.isDead = true }
        return true
    }

    func hit(_ counter: Counter) {
        state.withLock { $0.counters[counter, default: 0] += 1 }
    }

    func failDisk(_ operation: DiskOperation) {
        hit(operation.failure)
        note("disk error in \(operation)")
        state.withLock { $0.diskErrors += 1 }
    }

    func note(_ line: @autoclosure () -> String) {
        guard isTraced else { return }
        let line = line()
        state.withLock { $0.trace.append(line) }
    }

    /// An invariant does not hold.
    func violate(_ what: String) {
        note("VIOLATED: \(what)")
        state.withLock { $0.violations.append(what) }
    }
}
