import BankConnectAPI
import BankhookApply
import BankhookGitStore
import BankhookModel
import BankhookPlan
import BankhookState
import BranchTestSupport

/// One command of one process on a shared branch, as the commands of bankhook put it together.
struct BranchRun: Sendable {
    let process: BranchProcess
    let clone: MemoryClone
    let branch: StateBranch
    let world: BranchWorld
    let oracle: BranchOracle
    let ids: Identifiers
    let desired: [DesiredEnvironment]
    var isReasserting = false
    /// How long to wait for a lease that somebody else holds.
    var lockTimeout = Duration.zero

    /// What an apply came to.
    enum End: Sendable {
        case applied([EnvironmentOutcome])
        case gaveUp(StateError)
        case unreadable(StateErrors)
    }

    var store: GitStore {
        let (process, world) = (process, world)
        return GitStore(
            branch, in: process.repository(clone), time: process.time,
            isInterrupted: { process.interruption.isRequested },
            recovered: { outcomes in
                for outcome in outcomes where !process.isDead {
                    world.note("p\(process.number) \(outcome)")
                    switch outcome.fate {
                    case .pushed, .doubted: break
                    case .present: world.hit(.keptPresent)
                    case .superseded: world.hit(.keptSuperseded)
                    }
                }
            })
    }

    // MARK: Apply

    func apply() async -> End {
        let store = store
        let end = world.time.elapsed + lockTimeout
        while true {
            do {
                _ = try await store.names()
                return .applied(try await applyOnce(store))
            } catch let errors as StateErrors {
                return .unreadable(errors)
            } catch let error as StateError {
                guard !process.interruption.isRequested, !process.isDead else {
                    return .gaveUp(error)
                }
                switch error {
                case .branch(.superseded): world.hit(.plannedAnew)
                case .leased where world.time.elapsed < end:
                    world.hit(.leasedWait)
                    await process.time.pause(
                        .seconds(1) + process.time.random(branch.lease.duration / 4))
                default: return .gaveUp(error)
                }
            } catch {
                world.violate("p\(process.number): \(error)")
                return .applied([])
            }
        }
    }

    private func applyOnce(_ store: GitStore) async throws -> [EnvironmentOutcome] {
        let holder = LockHolder(
            id: ids.next(), host: "simulated", process: process.number, run: nil,
            startedAt: process.now)
        process.holder = holder.id
        oracle.update { $0.clockErrors[holder.id] = process.faults.clockError }
        world.note("p\(process.number) is \(holder.id.suffix(3))")
        return try await store.withLock(by: holder) { locked in
            let plan = Planner(policy: .none, now: process.now, isReasserting: isReasserting).plan(
                desired: desired, records: try locked.records().map(\.record))
            try locked.requireFree(
                plan.changes.filter(\.action.sends).map(\.name), of: plan.accounts)
            if world.chance.isOne(in: 4) {
                // Somebody looks at the plan for a while.
                world.hit(.prompted)
                await process.time.pause(.seconds(world.chance.below(2 * branch.lease.seconds)))
            }
            let run = ApplyRun(
                store: locked,
                api: BranchAPI(process, world: world, oracle: oracle, desired: desired),
                time: process.time, holder: holder, tool: "bankhook",
                parallelism: 1 + world.chance.below(4), probe: probe(), makeID: { ids.next() })
            let probed = await run.probe(plan, interruption: process.interruption)
            let intents = try await run.prepare(plan, probed: probed)
            return await run.run(
                plan, probed: probed, prepared: intents, interruption: process.interruption
            ) { _ in }
        }
    }

    /// Endpoints that fail as often as the API's answers are bad.
    private func probe() -> EndpointProbe {
        EndpointProbe(isFailureAllowed: false) { [world, process] environment in
            await Task.yield()
            guard world.chance.hits(percent: process.faults.badAnswers / 2) else { return nil }
            world.note("p\(process.number) \(environment.name) does not pass its probe")
            world.hit(.probeFailed)
            return EndpointProbe.Failure(message: "answered 500", hint: "look")
        }
    }

    // MARK: Claims

    /// Judges what a process that lived to its end claims.
    func judge(_ outcomes: [EnvironmentOutcome]) {
        for outcome in outcomes {
            world.note(
                "p\(process.number) \(outcome.name) \(outcome.outcome) "
                    + (outcome.problem?.message ?? ""))
            switch outcome.outcome {
            case .failed: world.hit(.outcomeFailed)
            case .inDoubt: world.hit(.outcomeInDoubt)
            case .skipped: world.hit(.outcomeSkipped)
            case .unchanged: world.hit(.outcomeUnchanged)
            case .applied, .appliedButNotRecorded: break
            }
            if outcome.problem?.code == "probe_failed" {
                world.hit(.probeStopped)
                if outcome.attempts > 0 {
                    world.violate("\(outcome.name): sent though its probe failed")
                }
            }
            let words = outcome.problem?.message ?? ""
            if words.contains("taken the environment over") { world.hit(.takenOver) }
            if words.contains("lease ended before") { world.hit(.requestRefused) }
            oracle.judge(
                outcome.name, BranchClaim(outcome), by: process.holder,
                isKept: isKept(outcome.name))
        }
    }

    /// Whether the clone keeps an outcome of this run.
    private func isKept(_ name: EnvironmentName) -> Bool {
        let file = "\(name).json"
        return clone.kept.contains { id in
            guard let remote = oracle.remote, let commit = remote[id] else { return false }
            let before = oracle.record(in: commit.parent.flatMap { remote[$0] }, file)
            let after = oracle.record(in: commit, file)
            return before?.pending?.holder.id == process.holder
                && after?.pending?.holder.id != process.holder
        }
    }
}
