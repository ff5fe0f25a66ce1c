/// Finds what somebody probably meant to write.
package enum Suggestion {
    /// The candidate nearest to a misspelt word, or nil when none is near enough.
    ///
    /// Near is an edit distance (with transpositions) of at most a third of the longer word.
    package static func nearest(to word: String, among candidates: some Sequence<String>)
        -> String?
    {
        let wanted = Array(word.lowercased().unicodeScalars)
        guard wanted.count <= longestWord else { return nil }
        return
            candidates
            .compactMap { candidate -> (distance: Int, candidate: String)? in
                let offered = Array(candidate.lowercased().unicodeScalars.prefix(2 * longestWord))
                let limit = max(wanted.count, offered.count) / 3
                guard abs(wanted.count - offered.count) <= limit else { return nil }
                let distance = distance(wanted, offered)
                return distance <= limit ? (distance, candidate) : nil
            }
            .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
    }

    /// How many scalars a word may have that anything is suggested for: the work is quadratic.
    private static let longestWord = 64

    /// The optimal string alignment distance: insertions, deletions, substitutions and swaps.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int]()
        var last = Array(0...right.count)
        for (row, leftScalar) in left.enumerated() {
            var current = [row + 1]
            for (column, rightScalar) in right.enumerated() {
                var best = min(
                    last[column] + (leftScalar == rightScalar ? 0 : 1),
                    last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, leftScalar == right[column - 1],
                    left[row - 1] == rightScalar
                {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
