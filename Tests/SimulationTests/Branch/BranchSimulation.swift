import BankhookApply
import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport

/// One history of a shared branch: several clones, several processes at a time, with faults, deaths
/// and stops, and in the end one apply without.
struct BranchSimulation {
    let world: BranchWorld
    private let oracle: BranchOracle
    private let remote: SharedBranch
    private let clones: [MemoryClone]
    private let branch: StateBranch
    private let ids = Identifiers()
    private var fleet: BranchFleet
    private var processes = 0

    private var chance: Chance { world.chance }
    private var time: SimulatedTime { world.time }

    init(seed: Int, isTraced: Bool = false) {
        let world = BranchWorld(seed: seed, isTraced: isTraced)
        let oracle = BranchOracle(world: world)
        let remote = SharedBranch { oracle.moved(from: $0, to: $1) }
        oracle.watch(remote)
        self.world = world
        self.oracle = oracle
        self.remote = remote
        clones = (0...world.chance.below(3)).map { _ in MemoryClone(of: remote) }
        branch = StateBranch(
            remote: "origin", branch: "bankhook-state", path: "",
            lease: TimeSpan(seconds: world.chance.element(of: [60, 60, 180])), folder: "/clone")
        fleet = BranchFleet(world.chance)
    }

    /// Runs it; what is wrong is in `world` afterwards.
    mutating func run() throws {
        try begin()
        for _ in 0...chance.below(3) {
            fleet.edit()
            if chance.isOne(in: 4) { try damageBranch() }
            try runRound()
            guard world.violations.isEmpty else { return }
            if chance.isOne(in: 2) { time.pass(branch.lease.duration * chance.below(3)) }
        }
        time.pass(branch.lease.duration * 4)
        remote.deliver()
        try checkConvergence()
    }

    // MARK: Processes

    private mutating func process(_ faults: BranchFaults) -> BranchProcess {
        processes += 1
        world.note("p\(processes): \(faults)")
        let process = BranchProcess(
            processes, faults, world: world, remote: remote, branch: branch)
        oracle.update { $0.processes.append(process) }
        return process
    }

    private mutating func command(
        _ faults: BranchFaults, _ clone: Int, isWhole: Bool = true
    ) throws -> BranchRun {
        BranchRun(
            process: process(faults), clone: clones[clone], branch: branch, world: world,
            oracle: oracle, ids: ids, desired: try fleet.desired(isWhole: isWhole))
    }

    /// Runs something and all that it starts; nil where it never ends.
    private func execute<Value: Sendable>(_ body: @Sendable @escaping () async -> Value) -> Value? {
        let time = time
        let value = SeededExecutor(chance: chance).run(
            beforeJob: { _ in }, whenIdle: { time.advance() }, body)
        if value == nil { world.violate("a process never ends") }
        return value
    }

    private mutating func begin() throws {
        let first = try command(.none, 0)
        let made = execute { await Result { try await first.store.initialize() } }
        guard case .success(true)? = made else {
            return world.violate("the branch cannot be made")
        }
    }

    // MARK: A round

    private mutating func runRound() throws {
        var works = [BranchWork]()
        var used: Set<Int> = []
        let count = 1 + chance.below(4)
        let longestDelay = chance.element(of: [2_000, 20_000, 2_000 * branch.lease.seconds])
        for _ in 0..<count {
            let clone = chance.below(clones.count)
            if !used.insert(clone).inserted { world.hit(.sharedClone) }
            var command = try command(
                .some(chance, lease: branch.lease.seconds), clone, isWhole: chance.isOne(in: 2))
            command.isReasserting = chance.isOne(in: 3)
            command.lockTimeout = branch.lease.duration * chance.element(of: [0, 2, 3])
            works.append(
                BranchWork(
                    command, .some(chance),
                    after: .milliseconds(chance.below(longestDelay))))
        }
        _ = execute { [works] in
            await withTaskGroup(of: Void.self) { group in
                for work in works { group.addTask { await work.run() } }
            }
        }
    }

    // MARK: A branch that somebody rewrote

    /// Somebody deletes the branch or takes it back, an apply from a clone that knows better refuses,
    /// and it is restored.
    private mutating func damageBranch() throws {
        remote.deliver()
        let history = remote.history
        guard let tip = remote.tip, history.count > 1 else { return }
        let isDeleted = chance.isOne(in: 3)
        remote.tip = isDeleted ? nil : history[chance.below(history.count - 1)].id
        let damaged = remote.tip
        for clone in clones.indices {
            guard let known = clones[clone].remembered,
                damaged.map({ !remote.isCommit($0, descendedFrom: known) }) ?? true
            else { continue }
            let command = try command(.none, clone)
            oracle.update { $0.isSilent = true }
            let end = execute { await command.apply() }
            oracle.update { $0.isSilent = false }
            switch end {
            case .unreadable(let errors)?: check(errors, isDeleted: isDeleted)
            default: world.violate("a rewritten branch is accepted: \(end.map { "\($0)" } ?? "")")
            }
            if remote.tip != damaged { world.violate("a rewritten branch is moved") }
        }
        remote.tip = tip
    }

    private func check(_ errors: StateErrors, isDeleted: Bool) {
        switch errors.errors.first {
        case .branch(.missing)? where isDeleted: world.hit(.missing)
        case .branch(.rewritten)? where !isDeleted: world.hit(.rewritten)
        default: world.violate("a rewritten branch is refused otherwise: \(errors.errors)")
        }
    }

    // MARK: Convergence

    /// One apply without faults has put everything right, and there is nothing left to send.
    private mutating func checkConvergence() throws {
        if chance.isOne(in: 2) { try pushEverythingKept() }
        let wasTainted = !oracle.memory.tainted.isEmpty
        var command = try command(.none, chance.below(clones.count))
        command.isReasserting = wasTainted
        guard case .applied(let outcomes)? = execute({ [command] in await command.apply() }) else {
            return world.violate("C: the last apply gave up")
        }
        command.judge(outcomes)
        for outcome in outcomes where ![.applied, .unchanged].contains(outcome.outcome) {
            world.violate("C: \(outcome.name): \(outcome.outcome) in a clean apply")
        }
        oracle.update { memory in
            memory.tainted.subtract(outcomes.filter { $0.outcome == .applied }.map(\.name))
        }
        for desired in command.desired { checkServer(desired) }
        try pushEverythingKept()
        let again = try self.command(.none, 0)
        guard case .applied(let outcomes)? = execute({ await again.apply() }) else {
            return world.violate("C: the apply after the last one gave up")
        }
        for outcome in outcomes where outcome.outcome != .unchanged {
            world.violate("C: \(outcome.name): \(outcome.outcome) after a clean apply")
        }
    }

    private func checkServer(_ desired: DesiredEnvironment) {
        oracle.checkServer(desired.name)
        guard let held = oracle.memory.server[desired.name],
            held.environment.registration == desired.environment.registration,
            held.secrets == desired.secrets
        else { return world.violate("C: \(desired.name): the server has something else") }
    }

    private mutating func pushEverythingKept() throws {
        for clone in clones.indices {
            let command = try command(.none, clone)
            guard case .success? = execute({ await Result { try await command.store.pushKept() } })
            else { return world.violate("what is kept cannot be pushed") }
            if !clones[clone].kept.isEmpty { world.violate("an outcome is kept for ever") }
        }
    }
}

extension Result where Failure == any Error {
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
