/// Other lineages that a record's name has had and that were not there before it: the record was
/// forgotten and its name registered anew, or two branches registered the name.
struct Rivals {
    /// A commit of HEAD's own history that brought one after the record.
    private(set) var laterInHead: Int?
    /// The same on another ref only.
    private(set) var laterElsewhere: Int?
    /// Whether HEAD's own history has one of which nobody can tell which came first.
    private(set) var areBeside = false

    /// `others` are the commits that brought other lineages, newest first. A record that no commit
    /// holds yet was written after all of them.
    init(of own: RecordVersion, among origins: Origins, others: [Int], in judge: HistoryJudge) {
        guard !others.isEmpty, let commits = origins.commits(of: own) else { return }
        let first = judge.graph.firstCommits(among: commits)
        let before = first.map(judge.graph.history)
        for commit in others where !before.contains(where: { $0.contains(commit) }) {
            let isLater = !judge.graph.history(of: commit).isDisjoint(with: first)
            switch (judge.head.contains(commit), isLater) {
            case (true, true): laterInHead = laterInHead ?? commit
            case (true, false): areBeside = true
            case (false, true): laterElsewhere = laterElsewhere ?? commit
            // A branch that registered the name too, and was not merged, says nothing of this one.
            case (false, false): break
            }
        }
    }
}
