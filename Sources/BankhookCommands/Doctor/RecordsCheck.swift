internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookState

/// Are the records intact, and does anybody apply at this moment?
struct RecordsCheck {
    let inspection: RecordInspection
    /// Who applies, as a plan tells it.
    let activeRuns: [String]
    /// The environments whose outcome is yet to come, or known to this clone only.
    let settling: Set<EnvironmentName>
    /// Why the lock file does not tell who applies.
    var lockProblem: String?
    /// Whether the records are on a branch, where a lock is a lease.
    let isOnBranch: Bool

    var findings: [DoctorFinding] { [records] + [unknown].compactMap(\.self) + locks }

    private var unusable: [String] {
        Set(inspection.faults.map { $0.environment?.text ?? $0.error.path }).sorted()
    }

    private var records: DoctorFinding {
        guard inspection.faults.isEmpty else {
            return .error(
                .state, "state_damaged",
                "\(DoctorText.count(unusable.count, "file")) of the records cannot be used: "
                    + DoctorText.list(unusable),
                next: "bankhook state verify tells what is wrong with each")
        }
        // Whether there ever was one is for git to tell.
        guard !inspection.records.isEmpty else {
            return .ok(.state, "no record \(isOnBranch ? "on the branch" : "in this directory")")
        }
        return .ok(.state, DoctorText.count(inspection.records.count, "record"))
    }

    private var unknown: DoctorFinding? {
        let names = inspection.records.map(\.record).filter { $0.pending != nil }
            .map(\.environment).filter { !settling.contains($0) }
        guard !names.isEmpty else { return nil }
        return .warning(
            .state, "outcome_unknown",
            "whether BankConnect has what an apply was about to send is unknown: "
                + DoctorText.list(names.map(\.text)),
            next: "bankhook apply sends it again, which is always safe")
    }

    private var locks: [DoctorFinding] {
        if let lockProblem {
            return [
                .unchecked(
                    .lock, "the lock file cannot be understood: \(lockProblem)",
                    next: "see what it is; while no apply runs it may be removed")
            ]
        }
        var findings = [DoctorFinding]()
        if !activeRuns.isEmpty {
            findings.append(
                .warning(
                    .lock, "being_applied", activeRuns.joined(separator: "; "),
                    next: isOnBranch
                        ? "wait until it has ended; if it is dead: bankhook state unlock --id with "
                            + "that id"
                        : "wait until it has ended; the lock ends with its process"))
        }
        // There the records are the locks.
        if isOnBranch, !unusable.isEmpty {
            findings.append(
                .unchecked(
                    .lock, "who holds what cannot be read: \(DoctorText.list(unusable))",
                    next: "mend that, then run doctor again"))
        }
        return findings.isEmpty ? [.ok(.lock, "nobody holds it")] : findings
    }
}
