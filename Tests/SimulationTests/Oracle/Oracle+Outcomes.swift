import BankhookApply
import BankhookModel
import BankhookPlan

extension Oracle {
    /// Judges what an apply that lived to its end says of one environment.
    func judge(
        _ outcome: EnvironmentOutcome, on disk: FakeDisk, diskErrors: Int, in world: World
    ) {
        let hadDiskErrors = diskErrors > 0
        let name = outcome.name
        let known = knowledge(of: name)
        let file = "\(name).json"
        let isKept =
            hadDiskErrors || disk.showsLostChanges
            ? disk.bytes(of: file) == known.bytesBefore
            : disk.possibilities(of: file).allSatisfy {
                $0 == known.bytesBefore.map(DiskContent.file) ?? .absent
            }
        switch outcome.outcome {
        case .applied:
            world.hit(.outcomeApplied)
            if !known.isPromised { world.violate("\(name): applied without a 200") }
            if !isSettled(name, on: disk) {
                world.violate("\(name): applied is claimed before it is durable")
            }
            let serial = disk.bytes(of: file).flatMap { record($0, as: name) }?.serial
            update(name) { $0.serial = serial ?? $0.serial }
        case .appliedButNotRecorded:
            world.hit(.outcomeNotRecorded)
            if !known.isPromised || !hadDiskErrors {
                world.violate("\(name): applied but not recorded without a 200 or a disk error")
            }
            let bytes = disk.bytes(of: file)
            if diskErrors == 1, bytes.flatMap({ record($0, as: name) })?.pending == nil {
                world.violate("\(name): what was not recorded looks settled")
            }
        case .failed, .skipped:
            world.hit(outcome.outcome == .failed ? .outcomeFailed : .outcomeSkipped)
            if known.mayHaveArrived || known.isPromised {
                world.violate("\(name): \(outcome.outcome), and the server may have it")
            }
            if outcome.outcome == .failed, known.doubtSince != nil {
                world.violate("\(name): failed, and an earlier outcome is unknown")
            }
            if !isKept { world.violate("\(name): \(outcome.outcome), and its file was changed") }
        case .inDoubt:
            world.hit(.outcomeInDoubt)
            judgeDoubt(name, known, isKept: isKept, hadDiskErrors: hadDiskErrors, in: world)
        case .unchanged:
            world.hit(.outcomeUnchanged)
            if !isKept { world.violate("\(name): unchanged, and its file was changed") }
        }
        if !outcome.isRecordChanged, disk.bytes(of: file) != known.bytesBefore {
            world.violate("\(name): its file was changed, and that is not said")
        }
        if outcome.problem?.code == "probe_failed" {
            world.hit(.probeStopped)
            if outcome.attempts > 0 { world.violate("\(name): sent though its probe failed") }
        }
        if outcome.outcome == .skipped, outcome.problem?.code == "account_refused" {
            world.hit(.accountRefused)
        }
    }

    private func judgeDoubt(
        _ name: EnvironmentName, _ known: Knowledge, isKept: Bool, hadDiskErrors: Bool,
        in world: World
    ) {
        if hadDiskErrors {
            if !known.mayHaveArrived, !isKept { world.hit(.restoreFailed) }
            return
        }
        guard !known.mayHaveArrived else { return }
        if known.unknownSinceBefore == nil {
            world.violate("\(name): in doubt, and nothing is unknown")
        }
        if !isKept { world.violate("\(name): a failure changed a record in doubt") }
        world.hit(.doubtKept)
    }

    private func isSettled(_ name: EnvironmentName, on disk: FakeDisk) -> Bool {
        let confirmed = knowledge(of: name).confirmed
        return disk.possibilities(of: "\(name).json").allSatisfy { content in
            guard case .file(let bytes) = content, let record = record(bytes, as: name),
                let applied = record.applied
            else { return false }
            return record.pending == nil && Confirmed(applied) == confirmed
        }
    }

    /// Whatever may be unknown, the plan says so, and sends it again where it is declared.
    func judge(_ plan: Plan, in world: World) {
        for change in plan.changes {
            if change.action == .orphaned { world.hit(.orphaned) }
            if change.action == .reassert { world.hit(.reasserted) }
            let saysUnknown = change.reasons.contains {
                if case .outcomeUnknown = $0 { true } else { false }
            }
            let isUnknown =
                knowledge(of: change.name).doubtSince != nil || change.record?.pending != nil
            if isUnknown, !saysUnknown || (change.desired != nil && !change.action.sends) {
                world.violate(
                    "C: \(change.name): the plan does not say that its outcome is unknown")
            }
        }
    }
}
