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
        let mask = mask(of: wanted)
        return
            candidates
            .compactMap { candidate -> (distance: Int, candidate: String)? in
                // Without copies: of the words of a hostile file most are near to nothing.
                let glance = glance(at: candidate)
                let limit = max(wanted.count, glance.count) / 3
                guard abs(wanted.count - glance.count) <= limit,
                    strangers(mask, glance.mask) <= limit
                else { return nil }
                let offered = Array(candidate.lowercased().unicodeScalars.prefix(2 * longestWord))
                let distance = distance(wanted, offered)
                return distance <= limit ? (distance, candidate) : nil
            }
            .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
    }

    /// How many scalars a word may have that anything is suggested for: the work is quadratic.
    private static let longestWord = 64

    /// A bit for each scalar of a word; two may share one.
    private static func mask(of word: [Unicode.Scalar]) -> UInt64 {
        word.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
    }

    /// How many scalars of a word are compared, and their mask.
    private static func glance(at word: String) -> (count: Int, mask: UInt64) {
        var mask: UInt64 = 0
        var count = 0
        for byte in word.utf8 {
            guard byte < 0x80, count < 2 * longestWord else {
                let scalars = Array(word.lowercased().unicodeScalars.prefix(2 * longestWord))
                return (scalars.count, self.mask(of: scalars))
            }
            let isCapital = (0x41...0x5A).contains(byte)
            mask |= 1 << UInt64((isCapital ? byte | 0x20 : byte) & 63)
            count += 1
        }
        return (count, mask)
    }

    /// The least number of edits between words, by what stands in one of them only.
    ///
    /// An edit brings in one scalar at most, so most candidates need no closer look.
    private static func strangers(_ left: UInt64, _ right: UInt64) -> Int {
        max((left & ~right).nonzeroBitCount, (right & ~left).nonzeroBitCount)
    }

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
