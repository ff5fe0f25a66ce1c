internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookState

/// Are the records intact, and does anybody apply at this moment?
struct RecordsCheck {
    let inspection: RecordInspection
    /// Who applies, as a plan tells it.
    let activeRuns: [String]
    /// Why the lock file does not tell who applies.
    var lockProblem: String?
    /// Whether the records are on a branch, where a lock is a lease.
    let isOnBranch: Bool

    var findings: [DoctorFinding] { [records, lock] }

    private var records: DoctorFinding {
        let records = inspection.records
        guard inspection.faults.isEmpty else {
            let names = inspection.faults.map { $0.environment?.text ?? $0.error.path }
            return .error(
                .state, "state_damaged",
                "\(DoctorText.count(Set(names).count, "file")) of the records cannot be used: "
                    + DoctorText.list(names),
                next: "bankhook state verify tells what is wrong with each")
        }
        let unknown = records.count { $0.record.pending != nil }
        return .ok(
            .state,
            (records.isEmpty
                ? "nothing is recorded yet" : DoctorText.count(records.count, "record"))
                + (unknown == 0
                    ? "" : ", \(unknown) with an unknown outcome, which the next apply sends again")
        )
    }

    private var lock: DoctorFinding {
        if let lockProblem {
            return .unchecked(
                .lock, "the lock file cannot be understood: \(lockProblem)",
                next: "see what it is; while no apply runs it may be removed")
        }
        guard !activeRuns.isEmpty else { return .ok(.lock, "nobody holds it") }
        return .warning(
            .lock, "being_applied", activeRuns.joined(separator: "; "),
            next: isOnBranch
                ? "wait until it has ended; if it is dead: bankhook state unlock --id with that id"
                : "wait until it has ended; the lock ends with its process")
    }
}
