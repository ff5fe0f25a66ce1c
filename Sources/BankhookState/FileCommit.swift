package import SystemCalls

/// Carries changes of files out durably: temporaries, one sync, renames, one sync of the directory
/// (specification, sections 3 and 12).
package enum FileCommit {
    package typealias Outcome = Result<Void, SystemCallError>

    /// Commits many changes with two syncs, and says of each whether it is durable. A change that
    /// failed may or may not have happened; one that cannot be carried out does not stop the others.
    ///
    /// No two changes are of the same file.
    package static func commit(_ changes: [FileChange], to files: some StateFiles) -> [Outcome] {
        // One alone needs no sync of everything.
        let syncsAll = changes.count > 1 && files.canSyncAll
        var outcomes = changes.map { change in
            outcome { () throws(SystemCallError) in
                guard case .replace(_, let bytes, let temporary) = change else { return }
                try files.create(temporary, bytes: bytes, isSynced: !syncsAll)
            }
        }
        if syncsAll {
            let synced = outcome { () throws(SystemCallError) in try files.syncAll() }
            if case .failure = synced { outcomes = outcomes.map { replaced($0, by: synced) } }
        }
        for (index, change) in changes.enumerated() {
            if case .success = outcomes[index] {
                outcomes[index] = outcome { () throws(SystemCallError) in
                    switch change {
                    case .replace(let name, _, let temporary):
                        try files.rename(temporary, to: name)
                    case .remove(let name): try files.unlink(name)
                    }
                }
            }
            if case .failure = outcomes[index], case .replace(_, _, let temporary) = change {
                // What is left over is cleared by the next holder of the lock.
                try? files.unlink(temporary)
            }
        }
        let isAnyDone = outcomes.contains { if case .success = $0 { true } else { false } }
        guard isAnyDone else { return outcomes }
        let synced = outcome { () throws(SystemCallError) in try files.syncDirectory() }
        if case .failure = synced { outcomes = outcomes.map { replaced($0, by: synced) } }
        return outcomes
    }

    /// The first failure stays what is reported.
    private static func replaced(_ outcome: Outcome, by failure: Outcome) -> Outcome {
        if case .failure = outcome { outcome } else { failure }
    }

    private static func outcome(_ body: () throws(SystemCallError) -> Void) -> Outcome {
        do throws(SystemCallError) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }
}
