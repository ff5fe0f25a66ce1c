package import BankhookModel
package import BankhookState

/// What is done to the branch as a whole: its beginning, its rewriting, and locks that nobody holds
/// any more (specification, sections 6 and 7).
extension GitStore {
    /// Makes the branch where it is missing, also on an empty remote; true where it was made.
    ///
    /// One that this clone has seen there and that is gone is not made anew.
    package func initialize() async throws(BranchError) -> Bool {
        if try await repository.fetch(knowing: nil) != nil {
            _ = try await BranchPusher.fetch(repository, of: branch, knowing: nil)
            return false
        }
        let remembered = try await repository.rememberedTip()
        guard remembered == nil else { throw .missing(branch, remembered: remembered) }
        let attributes = BranchChange(
            file: ".gitattributes", bytes: Array(DirectoryStore.attributes.utf8))
        let commit = try await repository.commit(
            [attributes], on: nil, CommitText("begin the state branch"), kept: false)
        do throws(PushFailure) {
            try await repository.push(commit, replacing: nil)
        } catch {
            // Somebody else made it, or this push arrived and its answer did not.
            guard let tip = try await repository.fetch(knowing: nil) else { throw error.error }
            try await repository.remember(tip.id, forgetting: commit)
            return tip.id == commit
        }
        try await repository.remember(commit, forgetting: commit)
        return true
    }

    /// Remembers the branch's tip though it does not descend from what this clone saw there, if it is
    /// the one that somebody looked at.
    package func acceptRewrite(tip id: String) async throws(BranchError) {
        guard let tip = try await repository.fetch(knowing: nil) else {
            throw .missing(branch, remembered: try await repository.rememberedTip())
        }
        guard tip.id == id else { throw .otherTip(branch, found: tip.id) }
        try await repository.remember(tip.id, forgetting: nil)
    }

    /// Ends the lease of a lock and keeps its intents, so that their outcome is unknown; returns
    /// their environments, sorted.
    package func unlock(id: String) async throws(StateError) -> [EnvironmentName] {
        let pusher = try await pusher()
        var unlocked = [EnvironmentName]()
        try await pusher.push { tip throws(StateError) in
            unlocked = []
            var changes = [BranchChange]()
            let reader = reader(of: tip)
            do throws(StateErrors) {
                for name in try reader.names() {
                    // A record that cannot be read is not this lock's.
                    guard let record = try? reader.read(name)?.decoded.record,
                        record.pending?.holder.id == id
                    else { continue }
                    unlocked.append(name)
                    guard record.pending?.expiresAt != nil else { continue }
                    changes.append(
                        BranchChange(
                            file: "\(name).json",
                            bytes: RecordCodec.encode(record.leased(until: nil))))
                }
            } catch {
                throw error.errors.first ?? .branch(.unknownLock(id: id))
            }
            guard !unlocked.isEmpty else { throw .branch(.unknownLock(id: id)) }
            return BranchPusher.Batch(
                changes, CommitText([("unlocked", unlocked)], run: nil, revision: nil))
        }
        return unlocked
    }

    /// Brings what earlier runs kept in this clone to the branch (`state push`).
    ///
    /// Throws where outcomes are kept for another branch only: that none are kept would be no answer.
    package func pushKept() async throws(StateError) -> [RecoveredOutcome] {
        let kept = UnpushedOutcomes(repository, of: branch)
        // Where nothing is kept, the remote need not be asked.
        let commits = try await kept.keptCommits()
        guard !commits.isEmpty else {
            if let error = try await keptElsewhere() { throw .branch(error) }
            return []
        }
        let found = try await kept.push(commits, through: pusher())
        guard let problem = found.problem else { return found.fates }
        recovered(found.fates)
        throw problem
    }

    /// What is kept in this clone for another remote, branch or path; nil for nothing.
    package func keptElsewhere() async throws(StateError) -> BranchError? {
        do throws(BranchError) {
            let others = try await repository.keptElsewhere()
            return others.isEmpty ? nil : .keptElsewhere(branch, refs: others)
        } catch {
            throw .branch(error)
        }
    }

    /// What pushing the outcomes that this clone keeps would come to; nothing is pushed.
    package func keptOutcomes() async throws(StateErrors) -> [RecoveredOutcome] {
        let tip = try await knownTip()
        let kept = UnpushedOutcomes(repository, of: branch)
        do throws(StateError) {
            return try await kept.fates(of: kept.keptCommits(), at: tip)
        } catch {
            throw StateErrors([error])
        }
    }

    /// Whether this clone keeps outcomes, or cannot tell.
    package func mayKeepOutcomes() async -> Bool {
        (try? await repository.keptCommits().isEmpty) != true
    }

    /// Fills an empty branch with records, byte for byte, in one commit.
    package func fill(with records: [RecordSnapshot]) async throws(StateError) {
        let pusher = try await pusher()
        var hasTried = false
        try await pusher.push { tip throws(StateError) in
            let present: [EnvironmentName]
            do throws(StateErrors) {
                present = try reader(of: tip).names()
            } catch {
                throw error.errors.first ?? .branch(.holdsRecords("\(branch)"))
            }
            let isSame = records.allSatisfy {
                tip.files.bytes(of: "\($0.name).json") == $0.bytes
            }
            // An earlier attempt has filled it, though nobody said so.
            if hasTried, isSame, present.count == records.count {
                return BranchPusher.Batch([], CommitText(""))
            }
            guard present.isEmpty else { throw .branch(.holdsRecords("\(branch)")) }
            hasTried = true
            return BranchPusher.Batch(
                records.map { BranchChange(file: "\($0.name).json", bytes: $0.bytes) },
                CommitText([("migrated", records.map(\.name))], run: nil, revision: nil))
        }
    }
}
