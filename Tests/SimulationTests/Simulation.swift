import BankhookApply
import BankhookModel
import BankhookPlan
import BankhookState
import Synchronization

/// One history: a configuration is edited and applied again and again, with faults, deaths and losses
/// of power, and in the end once without.
struct Simulation {
    let world: World
    private let time: SimulatedTime
    private let oracle: Oracle
    private let disk: FakeDisk
    private let api: FakeAPI
    private let ids = Identifiers()
    private var fleet: Fleet

    private var chance: Chance { world.chance }

    init(seed: Int, isTraced: Bool = false) {
        world = World(seed: seed, isTraced: isTraced)
        time = SimulatedTime(chance: world.chance)
        let oracle = Oracle(world: world)
        self.oracle = oracle
        disk = FakeDisk(world: world, canSyncAll: !world.chance.isOne(in: 4)) { disk, names in
            oracle.look(at: names, on: disk)
        }
        api = FakeAPI(world: world, time: time, oracle: oracle, disk: disk)
        fleet = Fleet(world.chance)
    }

    /// Runs it; what is wrong is in `world` afterwards.
    mutating func run() throws {
        for _ in 0...chance.below(4) {
            fleet.edit()
            passTime()
            try apply(.some(chance, environments: fleet.count))
            end()
            guard world.violations.isEmpty else { return }
        }
        time.setWrong(by: 0)
        time.pass(.seconds(86_400 * 30))
        try apply(.none)
        try checkConvergence()
    }

    private func passTime() {
        time.pass(.seconds(chance.element(of: [1, 600, 100_000])))
        if chance.isOne(in: 6) {
            world.hit(.clockWrong)
            time.setWrong(by: chance.below(400_000_000) - 200_000_000)
        } else {
            time.setWrong(by: 0)
        }
    }

    /// The process is over; perhaps the power is too.
    private func end() {
        if world.isDead, chance.isOne(in: 2) { world.hit(.killed) } else { losePowerPerhaps() }
        world.begin(.none)
        oracle.look(at: disk.visibleNames, on: disk)
    }

    private func losePowerPerhaps() {
        guard world.isDead || chance.isOne(in: 4) else { return }
        world.note("the power is lost")
        disk.losePower()
        world.note("left: \(disk.visibleNames)")
    }

    // MARK: One apply

    private func apply(_ faults: Faults) throws {
        let desired = try fleet.desired()
        let names = (0..<fleet.count).compactMap { EnvironmentName("e\($0)") }
        world.begin(faults)
        let store = SimulatedStore(world: world, disk: disk)
        guard let plan = plan(desired, store) else { return }
        oracle.applyBegins(names, on: disk)
        oracle.judge(plan, in: world)
        let parallelism = chance.isOne(in: 2) ? fleet.count : 1 + chance.below(fleet.count)
        api.expect(desired, parallelism: parallelism)
        let errorsBefore = world.diskErrors
        guard let outcomes = run(plan, store, parallelism: parallelism) else {
            return world.violate("the apply never ends")
        }
        guard !world.isDead else { return }
        for outcome in outcomes {
            world.note("\(outcome.name) \(outcome.outcome) \(outcome.problem?.message ?? "")")
            oracle.judge(
                outcome, on: disk, diskErrors: world.diskErrors - errorsBefore, in: world)
        }
    }

    /// What a command does before it applies: clear what is left over, read, plan. Nil when the disk
    /// fails, and then nothing is done.
    private func plan(_ desired: [DesiredEnvironment], _ store: SimulatedStore) -> Plan? {
        let errorsBefore = world.diskErrors
        if disk.visibleNames.contains(where: { $0.contains(".tmp-") }) { world.hit(.leftOver) }
        do {
            try Leftovers.clear(in: disk, path: "state")
            let records = try store.records().map(\.record)
            let plan = Planner(policy: .none, now: time.now).plan(
                desired: desired, records: records)
            for change in plan.changes { world.note("\(change.name) \(change.action)") }
            return plan
        } catch {
            if world.diskErrors == errorsBefore, !world.isDead {
                world.violate("the records cannot be read: \(error)")
            }
            return nil
        }
    }

    private func run(_ plan: Plan, _ store: SimulatedStore, parallelism: Int)
        -> [EnvironmentOutcome]?
    {
        let (ids, world) = (ids, world)
        let apply = ApplyRun(
            store: store, api: api, time: time.applyTime,
            holder: LockHolder(
                id: ids.next(), host: "simulated", process: 7, run: nil, startedAt: time.now),
            tool: "bankhook", parallelism: parallelism, probe: probe(), makeID: { ids.next() })
        let interruption = world.interruption
        let end = GraceEnd()
        return SeededExecutor(chance: chance).run(
            beforeJob: { cancel in
                if world.reachJob() { world.hit(.crashElsewhere) }
                if end.isOver(at: time.elapsed, world.interruption) { cancel() }
            },
            whenIdle: { time.advance() },
            {
                let probed = await apply.probe(plan, interruption: interruption)
                return await apply.run(plan, probed: probed, interruption: interruption) { _ in }
            })
    }

    /// Endpoints that fail as often as the API's answers are bad.
    private func probe() -> EndpointProbe {
        let world = world
        return EndpointProbe(isFailureAllowed: false) { environment in
            await Task.yield()
            guard world.chance.hits(percent: world.faults.badAnswers / 2) else { return nil }
            world.note("\(environment.name) does not pass its probe")
            world.hit(.probeFailed)
            return EndpointProbe.Failure(message: "answered 500", hint: "look")
        }
    }

    // MARK: Convergence

    /// One apply without faults has put everything right, and there is nothing left to send.
    private func checkConvergence() throws {
        let desired = try fleet.desired()
        let store = SimulatedStore(world: world, disk: disk)
        world.begin(.none)
        guard let plan = plan(desired, store) else { return }
        for change in plan.changes where change.desired != nil && change.action != .unchanged {
            world.violate("C: \(change.name): still \(change.action) after a clean apply")
        }
        for environment in desired { checkServer(environment, among: desired) }
    }

    private func checkServer(_ desired: DesiredEnvironment, among all: [DesiredEnvironment]) {
        guard let account = FakeAPI.Account(desired), let secrets = desired.secrets else { return }
        let registration = desired.environment.registration
        guard let holding = api.holdings[account] else {
            return world.violate("C: \(desired.name): the server has nothing")
        }
        // One who is no longer declared there may have written last: a limit that the plan tells.
        let writer = all.first { $0.name == holding.writer }
        guard writer.flatMap(FakeAPI.Account.init) == account else { return }
        if holding.mode != registration.mode
            || holding.url.exposed != registration.webhookURL.filled(with: secrets.webhookSecrets)
        {
            world.violate("C: \(desired.name): the server has something else")
        }
    }
}
