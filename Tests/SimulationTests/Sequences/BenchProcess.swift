import BankhookApply
import BankhookModel
import BankhookPlan
import BankhookState

/// One process of a sequence: a command, as it runs once it holds the lock.
struct BenchProcess: Sendable {
    let bench: Bench
    let store: SimulatedStore
    let holder: LockHolder
    let desired: DesiredEnvironment
    /// Whom a move gives the record to.
    let other: EnvironmentName
    let isReasserting: Bool
    let allowsUnknownOutcome: Bool

    func run(_ command: Command) async -> CommandEnd {
        do {
            try Leftovers.clear(in: bench.disk, path: "state")
            try await carryOut(command)
            return .done
        } catch let error as RecordChangeError {
            if case .state(let error) = error { return .failed("\(error)") }
            return .refused(error)
        } catch let errors as StateErrors {
            let texts = errors.errors.map { "\($0); \($0.wayOut)" }
            return .failed(texts.joined(separator: " "))
        } catch {
            return .failed("\(error)")
        }
    }

    private func carryOut(_ command: Command) async throws {
        let ids = bench.ids
        switch command {
        case .apply: try await apply()
        case .importing:
            guard let secrets = desired.secrets else { return }
            try await RecordImport(
                of: desired.environment, secrets: secrets, holder: holder, tool: "bankhook"
            ).run(in: store, at: holder.startedAt) { ids.next() }
        case .move:
            try await RecordMove(from: desired.name, to: other).run(
                in: store, temporary: ids.next())
        case .forget:
            try await RecordRemoval(
                of: desired.name, allowsUnknownOutcome: allowsUnknownOutcome
            ).run(in: store)
        }
    }

    private func apply() async throws {
        let (oracle, world, ids) = (bench.oracle, bench.world, bench.ids)
        oracle.memory.isWatching = true
        bench.api.expect([desired], parallelism: 1)
        let plan = Planner(
            policy: .none, now: holder.startedAt, isReasserting: isReasserting
        ).plan(desired: [desired], records: try store.records().map(\.record))
        oracle.judge(plan, in: world)
        oracle.applyBegins([desired.name], on: bench.disk)
        let outcomes = await ApplyRun(
            store: store, api: bench.api, time: bench.time.applyTime, holder: holder,
            tool: "bankhook", parallelism: 1, makeID: { ids.next() }
        ).run(plan, interruption: world.interruption) { _ in }
        guard !world.isDead else { return }
        for outcome in outcomes {
            oracle.judge(outcome, on: bench.disk, diskErrors: 0, in: world)
        }
    }
}
