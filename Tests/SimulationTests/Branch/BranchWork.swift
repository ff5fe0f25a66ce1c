import BranchTestSupport
import BankhookGitStore
import BankhookApply
import BankhookModel
import BankhookState

/// What one process of a round does, and when.
struct BranchWork: Sendable {
    enum Kind: Sendable {
        case apply, pushKept, unlock

        static func some(_ chance: Chance) -> Kind {
            switch chance.below(10) {
            case 0: .pushKept
            case 1: .unlock
            default: .apply
            }
        }
    }

    let run: BranchRun
    private let kind: Kind
    private let delay: Duration

    init(_ run: BranchRun, _ kind: Kind, after delay: Duration) {
        self.run = run
        self.kind = kind
        self.delay = delay
    }

    func run() async {
        await run.world.time.sleep(delay)
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await work()
                return true
            }
            group.addTask {
                // The grace after a signal; then what is in flight is cut off.
                await run.process.interruption.wait()
                await run.world.time.sleep(.seconds(5))
                return false
            }
            _ = await group.next()
            group.cancelAll()
        }
        run.process.hasEnded = true
    }

    private func work() async {
        switch kind {
        case .apply: await apply()
        case .pushKept: _ = try? await run.store.pushKept()
        case .unlock: await unlock()
        }
    }

    private func apply() async {
        let end = await run.apply()
        guard !run.process.isDead else { return }
        switch end {
        case .applied(let outcomes): run.judge(outcomes)
        case .gaveUp(let error): check(error)
        case .unreadable(let errors): errors.errors.forEach(check)
        }
    }

    /// Nothing that a run comes across is damage.
    private func check(_ error: StateError) {
        run.world.note("p\(run.process.number) gives up: \(error)")
        switch error {
        case .leased, .branch(.unreachable), .branch(.refused), .branch(.unusable),
            .branch(.superseded), .branch(.contended):
            break
        default: run.world.violate("p\(run.process.number) gave up: \(error)")
        }
    }

    /// A person ends a lease, of somebody who is dead or only seems to be.
    private func unlock() async {
        let tip = run.oracle.remoteTip()
        let files = (tip?.files.files.keys ?? [:].keys).filter { $0.hasSuffix(".json") }.sorted()
        let records = files.compactMap { run.oracle.record(in: tip, $0) }
        guard let pending = records.compactMap(\.pending).first(where: { $0.expiresAt != nil })
        else { return }
        let id = pending.holder.id
        run.world.hit(.unlocked)
        if run.oracle.memory.processes.contains(where: { $0.holder == id && !$0.hasEnded }) {
            run.world.hit(.unlockedAlive)
            run.oracle.update { memory in
                memory.tainted.formUnion(
                    records.filter { $0.pending?.holder.id == id }.map(\.environment))
            }
        }
        _ = try? await run.store.unlock(id: id)
    }
}
