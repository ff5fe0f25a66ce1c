import BankhookModel

/// Runs one command after the other on a simulated disk, each as a process of its own.
struct Bench: Sendable {
    let world = World(seed: 1, isTraced: false)
    let time: SimulatedTime
    let oracle: Oracle
    let disk: FakeDisk
    let api: FakeAPI
    let ids = Identifiers()

    init() {
        time = SimulatedTime(chance: world.chance)
        let oracle = Oracle(world: world)
        self.oracle = oracle
        disk = FakeDisk(world: world, canSyncAll: true) { disk, names in
            oracle.look(at: names, on: disk)
        }
        api = FakeAPI(world: world, time: time, oracle: oracle, disk: disk)
    }

    // MARK: Moments

    func scene(after scene: Scene? = nil) -> Scene {
        var now = Scene(
            disk: disk.contents, memory: oracle.memory, holdings: api.holdings,
            elapsed: time.elapsed, chance: world.chance.state, lastID: ids.last)
        now.declared = scene?.declared ?? 0
        now.path = scene?.path ?? []
        return now
    }

    func load(_ scene: Scene) {
        disk.contents = scene.disk
        oracle.memory = scene.memory
        api.holdings = scene.holdings
        time.elapsed = scene.elapsed
        world.chance.state = scene.chance
        ids.last = scene.lastID
    }

    // MARK: Commands

    /// Runs a command. Nil where the process died in it.
    func perform(
        _ command: Command, declared number: Int, faults: Faults = .none,
        isReasserting: Bool = true, allowsUnknownOutcome: Bool = true
    ) throws -> CommandEnd? {
        world.begin(faults)
        oracle.memory.isWatching = false
        let process = BenchProcess(
            bench: self, store: SimulatedStore(world: world, disk: disk),
            holder: LockHolder(
                id: ids.next(), host: "simulated", process: 7, run: nil, startedAt: time.now),
            desired: try SimulatedEnvironment(number: number).desired(),
            other: try SimulatedEnvironment(number: 1 - number).desired().name,
            isReasserting: isReasserting, allowsUnknownOutcome: allowsUnknownOutcome)
        let end = SeededExecutor(chance: world.chance).run(
            beforeJob: { _ in }, whenIdle: { time.advance() },
            { await process.run(command) })
        if end == nil { world.violate("\(command) never ends") }
        return world.isDead ? nil : end
    }
}
