internal import BankhookModel
internal import BankhookState

/// Tells whether records are intact and follow from what was committed. Pure: everything is in the
/// versions.
struct ChainJudge {
    let versions: VersionCollection
    /// Whether something that is not there was never committed.
    let isComplete: Bool

    private var graph: CommitGraph { versions.files.graph }
    private var head: Set<Int> { versions.files.head }

    /// Everything that is wrong in the files, and in HEAD's own history of them.
    func problems(of inspection: RecordInspection) -> [StateProblem] {
        fileProblems(inspection.faults) + damagedVersions(beside: inspection.faults)
            + chainProblems(of: inspection)
    }

    /// How many settled versions of a lineage HEAD's own history holds.
    func count(of lineage: Lineage) -> Int {
        let settled = inHead(lineage).compactMap(\.settled)
        return Set(settled).count
    }

    private func inHead(_ lineage: Lineage) -> [RecordVersion] {
        (versions.versions[lineage] ?? []).compactMap { $0.limited(to: head) }
    }

    // MARK: Damage

    private func fileProblems(_ faults: [RecordInspection.Fault]) -> [StateProblem] {
        faults.map { fault in
            let commits = blob(of: fault).flatMap { name, id in versions.files.blobs[name]?[id] }
            return StateProblem(
                .file(fault.error), in: fault.environment,
                commit: graph.firstCommit(among: (commits ?? []).filter(head.contains)))
        }
    }

    /// The versions that are no records, except those that still stand in the directory.
    private func damagedVersions(beside faults: [RecordInspection.Fault]) -> [StateProblem] {
        let standing = Dictionary(faults.compactMap(blob)) { first, _ in first }
        return versions.damaged.flatMap { name, damaged in
            damaged.compactMap { version in
                let commit = graph.firstCommit(among: version.commits.filter(head.contains))
                guard let commit, standing[name] != version.blob else { return nil }
                return StateProblem(.damagedVersion(version.damage), in: name, commit: commit)
            }
        }
    }

    /// Where git keeps what a damaged file holds, if it does.
    private func blob(of fault: RecordInspection.Fault) -> (EnvironmentName, String)? {
        guard let name = fault.environment, let bytes = fault.bytes, let id = graph.ids.first else {
            return nil
        }
        return (name, BlobID.of(bytes, length: id.utf8.count))
    }

    // MARK: Chains

    /// Of the lineages that stand in the directory, or may be those of a file that cannot be read. A
    /// record that was forgotten ended its lineage.
    private func chainProblems(of inspection: RecordInspection) -> [StateProblem] {
        let unread = Set(inspection.faults.compactMap(\.environment))
        var standing = Dictionary(grouping: inspection.records, by: \.record.lineage)
        for (lineage, known) in versions.versions
        where standing[lineage] == nil && known.contains(where: { unread.contains($0.environment) })
        {
            standing[lineage] = []
        }
        let findings = HistoryJudge(versions: versions).findings(about: inspection.records)
        return standing.flatMap { lineage, records in
            let own = records.map { RecordVersion($0, commits: []) }
            return linkProblems(of: own, in: lineage)
                + positionProblems(of: own, in: lineage, findings[lineage])
        }
    }

    private func linkProblems(of own: [RecordVersion], in lineage: Lineage) -> [StateProblem] {
        let inHead = inHead(lineage)
        let chain = Chain((versions.versions[lineage] ?? []) + own)
        let judged = inHead + own
        let commits = Dictionary(grouping: judged, by: \.checksum)
            .mapValues { $0.flatMap(\.commits) }
        var links = Dictionary(grouping: judged, by: \.settled)
            .mapValues { $0.flatMap(\.commits) }
        var problems = [StateProblem]()
        let distinct = Dictionary(judged.map { ($0.checksum, $0) }, uniquingKeysWith: { $1 })
        for (checksum, version) in distinct {
            let name = version.environment
            if let flaw = version.flaw {
                problems.append(
                    StateProblem(
                        .inconsistent(serial: version.serial, flaw), in: name,
                        commit: graph.firstCommit(among: commits[checksum] ?? [])))
            } else if version.settled != nil,
                let brought = links.removeValue(forKey: version.settled),
                let fault = chain.fault(of: version, isComplete: isComplete)
            {
                problems.append(
                    StateProblem(fault, in: name, commit: graph.firstCommit(among: brought)))
            }
        }
        return problems
    }

    /// Whether the newest of the files is older than history, or one of two.
    private func positionProblems(
        of own: [RecordVersion], in lineage: Lineage, _ finding: RecordHistory.Finding?
    ) -> [StateProblem] {
        guard let finding, let own = own.max(by: { $0.serial < $1.serial }) else { return [] }
        let judge = HistoryJudge(versions: versions)
        let inHead = inHead(lineage)
        var problems = [StateProblem]()
        if let later = judge.laterVersion(than: own, among: inHead) {
            problems.append(
                StateProblem(
                    .rolledBack(serial: own.serial, laterSerial: later.serial),
                    in: own.environment, commit: graph.firstCommit(among: later.commits)))
        } else if let commit = finding.rolledBackFrom {
            problems.append(
                StateProblem(
                    .rival(serial: own.serial, isLater: true), in: own.environment,
                    commit: commit))
        }
        let forks = judge.forks(of: own, among: inHead)
        if finding.isForked, forks.isEmpty {
            problems.append(
                StateProblem(
                    .rival(serial: own.serial, isLater: false), in: own.environment))
        }
        for (serial, sides) in forks {
            let commits = sides.compactMap(graph.firstCommit).sorted {
                (graph.number(of: $0) ?? 0) > (graph.number(of: $1) ?? 0)
            }
            problems.append(
                StateProblem(
                    .forked(serial: serial, commits: commits), in: own.environment,
                    commit: commits.last))
        }
        return problems
    }
}
