import BankhookApply
import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Synchronization

/// One process that works on a shared branch: it can die, be stopped, get a signal, and its wall
/// clock may be wrong.
final class BranchProcess: Sendable {
    private struct State {
        var operations = 0
        var isDead = false
        var hasEnded = false
        var stoppedUntil = Duration.zero
        var lostPush: String?
        var holder = ""
    }

    let number: Int
    let faults: BranchFaults
    let interruption = Interruption()
    private let world: BranchWorld
    private let remote: SharedBranch
    private let branch: StateBranch
    private let state = Mutex(State())

    init(
        _ number: Int, _ faults: BranchFaults, world: BranchWorld, remote: SharedBranch,
        branch: StateBranch
    ) {
        self.number = number
        self.faults = faults
        self.world = world
        self.remote = remote
        self.branch = branch
        if faults.clockError != 0 { world.hit(.clockWrong) }
    }

    var isDead: Bool { state.withLock { $0.isDead } }
    /// Whether nothing of it is under way any more, not even a request.
    var hasEnded: Bool {
        get { state.withLock { $0.hasEnded } }
        set { state.withLock { $0.hasEnded = newValue } }
    }
    /// The id of the lock that it holds, or held last.
    var holder: String {
        get { state.withLock { $0.holder } }
        set { state.withLock { $0.holder = newValue } }
    }

    // MARK: Time

    var now: Timestamp {
        Timestamp(secondsSinceEpoch: world.time.now.secondsSinceEpoch + faults.clockError)
    }

    var time: RunTime {
        RunTime(
            now: { self.now }, elapsed: { self.world.time.elapsed },
            pause: { duration in
                await self.world.time.sleep(duration)
                await self.waitWhileStopped()
            },
            random: { $0 * self.world.chance.below(1_001) / 1_000 })
    }

    /// A process that is stopped does not come back from what it waits for.
    func waitWhileStopped() async {
        while true {
            let left = state.withLock { $0.stoppedUntil } - world.time.elapsed
            guard left > .zero, !Task.isCancelled else { return }
            await world.time.sleep(left)
        }
    }

    // MARK: Operations

    /// Its way to a clone and the remote.
    func repository(_ clone: MemoryClone) -> MemoryRepository {
        MemoryRepository(clone, of: branch) { await self.fault(in: $0) }
    }

    private func fault(in operation: BranchOperation) async -> BranchFault? {
        await passTime(in: operation)
        if let fault = death(in: operation) { return fault }
        meetFaults()
        await waitWhileStopped()
        if isDead { return .fails(.unusable(words: "the process is dead")) }
        let fault = accident(in: operation)
        note(operation, fault)
        return fault
    }

    private func passTime(in operation: BranchOperation) async {
        switch operation {
        case .fetch, .push:
            await world.time.sleep(.milliseconds(world.chance.below(1_500)))
            if world.chance.isOne(in: 4) { remote.deliver() }
        default: break
        }
    }

    /// Counts a step; true where the process dies in it.
    private func step() -> Bool {
        state.withLock { state in
            guard !state.isDead else { return false }
            state.operations += 1
            state.isDead = state.operations == faults.death
            return state.isDead
        }
    }

    /// A request leaves: that is a step too.
    func reachRequest() {
        if step() { world.hit(.diedInRequest) }
        meetFaults()
    }

    private func death(in operation: BranchOperation) -> BranchFault? {
        let isDying = step()
        let error = BranchError.unusable(words: "the process is dead")
        guard isDying else { return isDead ? .fails(error) : nil }
        world.hit(.died)
        if case .push = operation { world.hit(.diedInPush) }
        let happens = world.chance.isOne(in: 2)
        world.note("p\(number) dies in \(operation), which \(happens ? "happens" : "does not")")
        return happens ? .answerLost(error) : .fails(error)
    }

    /// Lets a signal come, or the process be stopped, where it is time for that.
    private func meetFaults() {
        let operations = state.withLock { $0.operations }
        if operations == faults.signal {
            world.note("p\(number) gets a signal")
            world.hit(.interrupted)
            interruption.request(signal: 15)
        }
        if let stop = faults.stop, operations == stop.operation {
            world.note("p\(number) is stopped for \(stop.length)")
            world.hit(.stopped)
            if stop.length > branch.lease.duration { world.hit(.stoppedPastLease) }
            state.withLock { $0.stoppedUntil = world.time.elapsed + stop.length }
        }
    }

    /// What goes wrong in an operation besides deaths.
    private func accident(in operation: BranchOperation) -> BranchFault? {
        let chance = world.chance
        let lost = BranchError.unreachable(branch, words: "lost")
        switch operation {
        case .fetch:
            guard chance.hits(percent: faults.badOperations / 4) else { return nil }
            world.hit(.failedFetch)
            return .fails(lost)
        case .push(let commit):
            if remote[commit]?.parent != remote.tip { world.hit(.lostRace) }
            if let first = faults.refusedFrom, state.withLock({ $0.operations }) >= first {
                return .fails(.refused(branch, words: "protected"))
            }
            guard chance.hits(percent: faults.badOperations) else { return nil }
            let fault = chance.element(of: [
                .fails(.refused(branch, words: "no")), .fails(lost), .answerLost(lost),
                .answerLost(lost), BranchFault.late(lost),
            ])
            switch fault {
            case .fails: world.hit(.refusedPush)
            case .late: world.hit(.latePush)
            case .answerLost: state.withLock { $0.lostPush = commit }
            }
            return fault
        case .commit, .remember:
            guard chance.hits(percent: faults.badOperations / 10) else { return nil }
            world.hit(.failedCommit)
            return .fails(.unusable(words: "no space left"))
        case .compare(let commit, let other):
            let wasLost = state.withLock { state in
                defer { if state.lostPush == other { state.lostPush = nil } }
                return state.lostPush == other
            }
            if wasLost, remote.isCommit(commit, descendedFrom: other) {
                world.hit(.lostAnswerRecognised)
            }
            return nil
        case .readTip, .readKept, .forget: return nil
        }
    }

    private func note(_ operation: BranchOperation, _ fault: BranchFault?) {
        switch operation {
        case .fetch, .push, .commit:
            world.note("p\(number) \(operation) \(fault.map { "\($0)" } ?? "")")
        default: break
        }
    }
}
