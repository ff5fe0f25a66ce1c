package import SystemCalls

/// Carries changes of files out durably: temporaries, one sync, renames, one sync of the directory
/// (specification, sections 3 and 12).
package enum FileCommit {
    package typealias Outcome = Result<Void, SystemCallError>

    /// From how many changes on one sync of everything is used: it also waits for what other
    /// programs have written, which a few syncs of single files do not.
    package static let fewestToSyncAll = 8

    /// Commits many changes with two syncs, and says of each whether it is durable. A change that
    /// failed may or may not have happened; one that cannot be carried out does not stop the others.
    ///
    /// No two changes are of the same file.
    package static func commit(_ changes: [FileChange], to files: some StateFiles) -> [Outcome] {
        let syncsAll = changes.count >= fewestToSyncAll && files.canSyncAll
        var outcomes = changes.map { change in
            outcome { () throws(SystemCallError) in
                guard case .replace(_, let bytes, let temporary) = change else { return }
                try files.create(temporary, bytes: bytes, isSynced: !syncsAll)
            }
        }
        if syncsAll {
            let synced = outcome { () throws(SystemCallError) in try files.syncAll() }
            if synced.isFailure { outcomes = outcomes.map { replaced($0, by: synced) } }
        }
        for (index, change) in changes.enumerated() {
            if !outcomes[index].isFailure {
                outcomes[index] = outcome { () throws(SystemCallError) in
                    switch change {
                    case .replace(let name, _, let temporary):
                        try files.rename(temporary, to: name)
                    case .remove(let name): try files.unlink(name)
                    }
                }
            }
            if outcomes[index].isFailure, case .replace(_, _, let temporary) = change {
                // What is left over is cleared by the next holder of the lock.
                try? files.unlink(temporary)
            }
        }
        guard !outcomes.allSatisfy(\.isFailure) else { return outcomes }
        let synced = outcome { () throws(SystemCallError) in try files.syncDirectory() }
        if synced.isFailure { outcomes = outcomes.map { replaced($0, by: synced) } }
        return outcomes
    }

    /// The first failure stays what is reported.
    private static func replaced(_ outcome: Outcome, by failure: Outcome) -> Outcome {
        outcome.isFailure ? outcome : failure
    }

    private static func outcome(_ body: () throws(SystemCallError) -> Void) -> Outcome {
        do throws(SystemCallError) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }
}

extension Result {
    /// Whether it is a failure, for those who do not ask why.
    var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}
