import BankhookModel
import BankhookState
import Synchronization

/// Says what each command of a sequence may leave behind, finished or not.
final class SequenceJudge {
    private let bench: Bench
    private(set) var problems: [String] = []

    init(bench: Bench) {
        self.bench = bench
    }

    // MARK: Commands that end

    /// A command ended: it did all of what it is for, durably, or it was refused and did nothing.
    func ended(_ end: CommandEnd?, _ command: Command, before: Scene, _ after: inout Scene) {
        let isPossible = isPossible(command, in: before)
        switch end {
        case .done where isPossible: break
        case .refused where !isPossible:
            if after.disk.records != before.disk.records {
                report("it was refused and changed something", after)
            }
            return collect(after)
        default: report("\(command.rawValue) ended as \(String(describing: end))", after)
        }
        learn(command, before: before, &after, isFinished: true)
        bench.load(after)
        for name in [name(0), name(1)].compactMap(\.self) {
            bench.oracle.look(at: name, on: bench.disk)
        }
        collect(after)
    }

    /// Whether the command has anything to do.
    private func isPossible(_ command: Command, in scene: Scene) -> Bool {
        let records = scene.disk.records
        let (declared, other) = (records[file(scene.declared)], records[file(scene.other)])
        switch command {
        case .apply: return true
        case .importing: return declared == nil
        case .forget: return declared != nil
        case .move: return declared != nil && (other == nil || isUnfinishedMove(scene))
        }
    }

    private func isUnfinishedMove(_ scene: Scene) -> Bool {
        guard let old = record(scene.declared, in: scene), let new = record(scene.other, in: scene)
        else { return false }
        return old.lineage == new.lineage
    }

    // MARK: Commands that die

    /// The process died in a command: what it left is from before, or finished, or an unfinished
    /// move.
    func died(_ command: Command, before: Scene, _ after: inout Scene) {
        if !isPossible(command, in: before) {
            if after.disk.records != before.disk.records {
                report("it had nothing to do and changed something", after)
            }
        } else {
            learn(command, before: before, &after, isFinished: false)
        }
        collect(after)
    }

    // MARK: What a command leaves

    private func learn(
        _ command: Command, before: Scene, _ after: inout Scene, isFinished: Bool
    ) {
        let (old, new) = (before.disk.records, after.disk.records)
        switch command {
        case .apply: return
        case .importing:
            if isFinished || new != old { learnImport(before, after) }
        case .forget:
            if new[file(before.declared)] == nil {
                know(before.declared, Knowledge())
            } else if isFinished || new != old {
                report("forget left something else", after)
            }
        case .move: learnMove(before, &after, isFinished: isFinished)
        }
        after.memory = bench.oracle.memory
    }

    private func learnImport(_ before: Scene, _ after: Scene) {
        guard let record = record(after.declared, in: after), let applied = record.applied,
            applied.origin == .imported, record.pending == nil, record.serial == 1,
            let desired = try? SimulatedEnvironment(number: after.declared).desired(),
            let wanted = Confirmed(desired, lineage: record.lineage),
            Confirmed(applied) == wanted
        else { return report("import left something else", after) }
        var knowledge = Knowledge()
        knowledge.confirmed = wanted
        know(after.declared, knowledge)
    }

    /// The record stands under the old name, the new one, or both; and under the new one it is the
    /// next version of what it was.
    private func learnMove(_ before: Scene, _ after: inout Scene, isFinished: Bool) {
        let kept = after.disk.records[file(before.declared)]
        guard kept == nil || kept == before.disk.records[file(before.declared)] else {
            return report("move changed the old record", after)
        }
        guard after.disk.records[file(before.other)] != nil else {
            if kept == nil { report("move lost the record", after) }
            if isFinished { report("move did nothing", after) }
            return
        }
        guard let old = record(before.declared, in: before),
            let new = record(before.other, in: after), isNext(new, of: old)
        else { return report("move wrote something else", after) }
        if let old = name(before.declared) {
            know(before.other, bench.oracle.knowledge(of: old))
        }
        guard kept == nil else {
            if isFinished { report("move left both records", after) }
            return
        }
        know(before.declared, Knowledge())
        after.declared = before.other
    }

    private func isNext(_ new: Record, of old: Record) -> Bool {
        let serial = old.applied == nil ? 0 : old.serial + 1
        return new.lineage == old.lineage && new.applied == old.applied && new.serial == serial
            && new.pending?.unknownSince == old.pending?.unknownSince
            && new.pending?.registration == old.pending?.registration
            && new.pending?.account == old.pending?.account
    }

    // MARK: Further checks

    /// `forget` refuses a record in doubt unless that is allowed.
    func checkRefusalOfDoubt(_ command: Command, in scene: Scene) throws {
        guard command == .forget, record(scene.declared, in: scene)?.pending != nil else { return }
        bench.load(scene)
        let end = try bench.perform(
            .forget, declared: scene.declared, allowsUnknownOutcome: false)
        guard case .refused(.outcomeUnknown)? = end,
            bench.disk.contents.records == scene.disk.records
        else { return report("a record in doubt was not kept", scene) }
    }

    /// While a move is unfinished nothing is applied, and the error says which move to run again.
    func checkWayOut(of scene: Scene) throws {
        bench.load(scene)
        let end = try bench.perform(.apply, declared: scene.declared)
        guard case .failed(let text)? = end,
            text.contains("bankhook state move e\(scene.declared) e\(scene.other)")
        else { return report("an unfinished move is not told: \(String(describing: end))", scene) }
    }

    /// One apply puts everything right, and leaves nothing to send.
    func converges(from scene: Scene) throws {
        bench.load(scene)
        _ = try bench.perform(.apply, declared: scene.declared, isReasserting: false)
        let after = bench.scene(after: scene)
        guard let record = record(scene.declared, in: after), record.pending == nil,
            let desired = try? SimulatedEnvironment(number: scene.declared).desired(),
            let account = FakeAPI.Account(desired),
            record.applied.map(Confirmed.init) == Confirmed(desired, lineage: record.lineage)
        else { return report("C: one more apply does not settle it", after) }
        let isSent = record.applied?.origin == .applied
        let holding = after.holdings[account]
        if isSent, holding?.mode != desired.environment.registration.mode {
            report("C: the server does not have it", after)
        }
        _ = try bench.perform(.apply, declared: scene.declared, isReasserting: false)
        if bench.disk.contents.records != after.disk.records {
            report("C: a second apply sends again", after)
        }
        collect(after)
    }

    // MARK: Small things

    private func record(_ number: Int, in scene: Scene) -> Record? {
        guard let name = name(number), let bytes = scene.disk.records[file(number)] else {
            return nil
        }
        return bench.oracle.record(bytes, as: name)
    }

    private func know(_ number: Int, _ knowledge: Knowledge) {
        guard let name = name(number) else { return }
        bench.oracle.update(name) { $0 = knowledge }
    }

    private func name(_ number: Int) -> EnvironmentName? { EnvironmentName("e\(number)") }

    private func file(_ number: Int) -> String { "e\(number).json" }

    private func collect(_ scene: Scene) {
        if let violation = bench.world.violations.first { report(violation, scene) }
    }

    private func report(_ problem: String, _ scene: Scene) {
        guard problems.isEmpty else { return }
        problems.append("\(scene.path.joined(separator: ", ")): \(problem)")
    }
}
