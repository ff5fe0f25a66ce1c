internal import BankhookModel
internal import BankhookState

/// Tells which records are not the newest of their lineage (specification, section 4, "Rollback
/// trap"). Pure: everything is in the versions.
struct HistoryJudge {
    let versions: VersionCollection

    /// Every commit.
    var graph: CommitGraph { versions.files.graph }
    /// HEAD's own history.
    var head: Set<Int> { versions.files.head }

    /// Findings by lineage, of the records that have one.
    func findings(about records: [DecodedRecord]) -> [Lineage: RecordHistory.Finding] {
        var findings = [Lineage: RecordHistory.Finding]()
        for decoded in records {
            let record = decoded.record
            guard let known = versions.versions[record.lineage]?.sorted(by: isNewer) else {
                continue
            }
            let own = RecordVersion(decoded, commits: [])
            let others = versions.lineages[record.environment]?
                .filter { $0.key != record.lineage }.values.flatMap(\.self)
            findings[record.lineage] = finding(own, among: known, others: others?.sorted() ?? [])
        }
        return findings
    }

    /// Newest first, so that the same history always names the same commit.
    private func isNewer(_ left: RecordVersion, _ right: RecordVersion) -> Bool {
        (left.commits.first ?? .max, left.serial) < (right.commits.first ?? .max, right.serial)
    }

    /// `others`: the commits that brought other lineages to the name of the record.
    private func finding(_ own: RecordVersion, among all: [RecordVersion], others: [Int])
        -> RecordHistory.Finding?
    {
        let inHead = all.compactMap { version in version.limited(to: head) }
        let elsewhere = all.filter { $0.commits.allSatisfy { !head.contains($0) } }
        let later = laterVersion(than: own, among: inHead)
        let rivals = Rivals(of: own, among: Origins(inHead), others: others, in: self)
        let isForked = !forks(of: own, among: inHead).isEmpty || rivals.areBeside
        // What HEAD itself has that is later is a rollback, and the same on another ref is no news.
        let newest = inHead.filter { $0.serial > own.serial }.max { $0.serial < $1.serial } ?? own
        let ahead =
            laterVersion(than: newest, among: elsewhere)
            ?? elsewhere.first { $0.serial == newest.serial && isOther($0, than: newest) }
        let newer = later?.commits.first ?? rivals.laterInHead
        let elsewhereNewer = ahead?.commits.first ?? rivals.laterElsewhere
        guard newer != nil || isForked || elsewhereNewer != nil else { return nil }
        return RecordHistory.Finding(
            rolledBackFrom: newer.map { graph.ids[$0] }, isForked: isForked,
            ahead: elsewhereNewer.map {
                RecordHistory.Ahead(commit: graph.ids[$0], ref: graph.refs[$0])
            },
            highestSerial: all.map(\.serial).reduce(own.serial, max))
    }

    /// A settled version with a higher serial; or else an intent that vanished without one.
    func laterVersion(than own: RecordVersion, among others: [RecordVersion])
        -> RecordVersion?
    {
        let highest = others.max { $0.serial < $1.serial }
        if let highest, highest.serial > own.serial { return highest }
        guard !own.isIntent else { return nil }
        return others.first { $0.isIntent && $0.serial == own.serial }
    }

    private func isOther(_ one: RecordVersion, than other: RecordVersion) -> Bool {
        guard let left = one.settled, let right = other.settled else { return false }
        return left != right
    }

    // MARK: Forks

    /// The serials that stand for two settled versions with none after them that came from both,
    /// each with the commits that brought them.
    func forks(of own: RecordVersion, among inHead: [RecordVersion]) -> [Int: [[Int]]] {
        let origins = Origins(inHead)
        if inHead.contains(where: { $0.serial == own.serial && isOther($0, than: own) }) {
            return [own.serial: origins.sides(of: own.serial)]
        }
        // What no commit holds yet was written after all of them.
        guard origins.commits(of: own) != nil else { return [:] }
        return origins.forks.filter { serial, sides in
            serial < own.serial
                && !origins.settled(after: serial, upTo: own.serial).contains { commits in
                    graph.firstCommits(among: commits).contains { commit in
                        let known = graph.history(of: commit)
                        return sides.allSatisfy { !known.isDisjoint(with: $0) }
                    }
                }
        }
    }

    // MARK: Damage

    /// A version that is no record and after which nothing was applied: nobody can tell whether it
    /// was a later one.
    func damage(among records: [DecodedRecord]) -> HistoryGap? {
        for decoded in records {
            let name = decoded.record.environment
            guard let damaged = versions.damaged[name] else { continue }
            let own = RecordVersion(decoded, commits: [])
            let inHead = (versions.versions[decoded.record.lineage] ?? [])
                .compactMap { $0.limited(to: head) }
            let commits = Origins(inHead).commits(of: own)
            let known = commits.map { graph.firstCommits(among: $0).map(graph.history) }
            let unknown = damaged.flatMap(\.commits).first { commit in
                guard head.contains(commit) else { return true }
                return known.map { !$0.contains { $0.contains(commit) } } ?? false
            }
            if let unknown {
                return .damaged(file: "\(name).json", commit: graph.ids[unknown])
            }
        }
        return nil
    }
}
