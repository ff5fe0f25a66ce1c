/// Commits and their parents, by number, newest first as far as their dates tell.
struct CommitGraph {
    private(set) var ids: [String] = []
    /// A ref that has the commit.
    private(set) var refs: [String] = []
    private var parentIDs: [[String]] = []
    private var numbers: [String: Int] = [:]

    /// Adds a commit and returns its number.
    mutating func add(_ id: String, parents: [String], ref: String) -> Int {
        let number = ids.count
        ids.append(id)
        refs.append(ref)
        parentIDs.append(parents)
        numbers[id] = number
        return number
    }

    /// The commits that nothing comes before, as far as this clone tells.
    var roots: [String] {
        zip(ids, parentIDs).filter { $1.isEmpty }.map { id, _ in id }
    }

    /// A commit's number, or nil where the walk did not meet it.
    func number(of id: String) -> Int? { numbers[id] }

    /// A commit and everything that it descends from.
    func history(of commit: Int) -> Set<Int> {
        var found: Set = [commit]
        var waiting = [commit]
        while let next = waiting.popLast() {
            for parent in parentIDs[next].compactMap({ numbers[$0] })
            where found.insert(parent).inserted {
                waiting.append(parent)
            }
        }
        return found
    }

    /// The commits that brought something anew, and not back.
    func firstCommits(among commits: [Int]) -> [Int] {
        guard commits.count > 1 else { return commits }
        return commits.filter { commit in
            let known = history(of: commit)
            return !commits.contains { $0 != commit && known.contains($0) }
        }
    }

    /// The id of the oldest of the commits that brought something anew; nil where there are none.
    func firstCommit(among commits: [Int]) -> String? {
        firstCommits(among: commits).max().map { ids[$0] }
    }
}
