internal import BankhookModel
internal import BankhookState
internal import SystemCalls

/// Decides what becomes of the outcomes of a kept commit by what the branch holds.
struct KeptJudge {
    private struct Outcome {
        let name: EnvironmentName
        /// The record with its intent, whose lease does not matter.
        let intent: Record
        /// What it became; nil for none.
        let result: DecodedRecord?
        let bytes: [UInt8]?
    }

    private let branch: StateBranch
    private let outcomes: [Outcome]
    /// Whether the branch does not descend from the commit with the intents.
    private let isRewritten: Bool

    init(_ kept: KeptCommit, of branch: StateBranch, isRewritten: Bool) throws(StateError) {
        self.branch = branch
        self.isRewritten = isRewritten
        outcomes = try KeptJudge.outcomes(
            RecordReader(of: kept.before, on: branch), RecordReader(of: kept.after, on: branch),
            files: kept.before.files.keys.sorted().filter {
                kept.before.files[$0] != kept.after.files[$0]
            })
    }

    /// What a commit made of the intents in its parent; a renewed lease is no outcome.
    private static func outcomes(_ before: RecordReader, _ after: RecordReader, files: [String])
        throws(StateError) -> [Outcome]
    {
        var outcomes = [Outcome]()
        for file in files {
            guard let name = EnvironmentName(record: file),
                let intent = try before.read(name)?.decoded.record, let pending = intent.pending
            else { continue }
            let result = try after.read(name)
            guard result?.decoded.record.pending?.holder.id != pending.holder.id else { continue }
            outcomes.append(
                Outcome(
                    name: name, intent: intent.leased(until: nil), result: result?.decoded,
                    bytes: result?.bytes))
        }
        return outcomes
    }

    func judgement(at tip: BranchTip) -> Judgement {
        var judgement = Judgement()
        let reader = RecordReader(of: tip.files, on: branch)
        for outcome in outcomes {
            do throws(StateError) {
                let now = try reader.read(outcome.name)
                let fate = fate(of: outcome, now: now, beside: tip.files, reader)
                judgement.fates.append(RecoveredOutcome(outcome.name, fate))
                let bytes: [UInt8]?
                switch fate {
                case .present, .superseded: continue
                case .pushed: bytes = outcome.bytes
                case .doubted: bytes = RecordCodec.encode(outcome.intent)
                }
                judgement.changes.append(BranchChange(file: "\(outcome.name).json", bytes: bytes))
            } catch {
                judgement.problem = judgement.problem ?? error
            }
        }
        return judgement
    }

    private func fate(
        of outcome: Outcome, now: (bytes: [UInt8], decoded: DecodedRecord)?,
        beside files: BranchFiles, _ reader: RecordReader
    ) -> RecoveredOutcome.Fate {
        if now?.bytes == outcome.bytes { return .present }
        if now?.decoded.record.leased(until: nil) == outcome.intent { return .pushed }
        guard let result = outcome.result?.record else { return .superseded }
        guard let now = now?.decoded.record else {
            // On a branch that grew out of the intent somebody forgot or moved the record. On one that
            // was rewritten nobody did: the only trace of a request was cut off.
            let isLost =
                isRewritten && result.pending == nil && result.serial > outcome.intent.serial
                && !holds(result.lineage, files, reader)
            return isLost ? .doubted : .superseded
        }
        // Nothing settled since, and yet the intent is gone: somebody took a commit back.
        guard now.lineage == result.lineage, now.pending == nil, now.serial < result.serial else {
            return .superseded
        }
        return .doubted
    }

    /// Whether a record has that lineage, under whatever name.
    private func holds(_ lineage: Lineage, _ files: BranchFiles, _ reader: RecordReader) -> Bool {
        files.files.keys.contains { file in
            guard let name = EnvironmentName(record: file) else { return false }
            return (try? reader.read(name))?.decoded.record.lineage == lineage
        }
    }
}
