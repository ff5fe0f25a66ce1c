/// The words that may stand in a place, and which of them somebody meant who wrote another.
///
/// Made once and asked often: a hostile file asks for each of a hundred thousand keys.
package struct Vocabulary: Sendable {
    /// Every word, for a message.
    package let list: String
    private let words: Set<String>
    private let candidates: [Candidate]

    /// A word with what most comparisons come down to.
    private struct Candidate {
        let word: String
        let scalars: [Unicode.Scalar]
        let mask: UInt64
    }

    package init(_ words: some Sequence<String>) {
        self.words = Set(words)
        let sorted = self.words.sorted()
        list = sorted.joined(separator: ", ")
        candidates = sorted.map { word in
            let scalars = Array(
                word.lowercased().unicodeScalars.prefix(2 * Vocabulary.longestWord))
            return Candidate(word: word, scalars: scalars, mask: Vocabulary.mask(of: scalars))
        }
    }

    package func contains(_ word: String) -> Bool {
        words.contains(word)
    }

    /// The word nearest to a misspelt one, the first in order of equally near ones, or nil when none
    /// is near enough.
    ///
    /// Near is an edit distance (with transpositions) of at most a third of the longer word.
    package func nearest(to word: String) -> String? {
        // A scalar has four bytes at most: this one is too long, and need not be copied to tell.
        guard word.utf8.count <= 4 * Vocabulary.longestWord else { return nil }
        let wanted = Array(word.lowercased().unicodeScalars)
        guard wanted.count <= Vocabulary.longestWord else { return nil }
        let mask = Vocabulary.mask(of: wanted)
        var nearest: (distance: Int, word: String)?
        for candidate in candidates {
            let limit = max(wanted.count, candidate.scalars.count) / 3
            guard abs(wanted.count - candidate.scalars.count) <= limit,
                Vocabulary.strangers(mask, candidate.mask) <= limit
            else { continue }
            let distance = Vocabulary.distance(wanted, candidate.scalars)
            if distance <= limit, nearest.map({ distance < $0.distance }) ?? true {
                nearest = (distance, candidate.word)
            }
        }
        return nearest?.word
    }

    /// How many scalars a word may have that anything is suggested for: the work is quadratic.
    private static let longestWord = 64

    /// A bit for each scalar of a word; two may share one.
    private static func mask(of word: [Unicode.Scalar]) -> UInt64 {
        word.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
    }

    /// The least number of edits between words, by what stands in one of them only.
    ///
    /// An edit brings in one scalar at most, so most candidates need no closer look.
    private static func strangers(_ left: UInt64, _ right: UInt64) -> Int {
        max((left & ~right).nonzeroBitCount, (right & ~left).nonzeroBitCount)
    }

    /// The optimal string alignment distance: insertions, deletions, substitutions and swaps.
    ///
    /// What both begin and end with costs nothing, and a slip of the pen leaves little else.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        let ahead = zip(left, right).prefix { $0 == $1 }.count
        let left = left.dropFirst(ahead)
        let right = right.dropFirst(ahead)
        let behind = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
        return tableDistance(Array(left.dropLast(behind)), Array(right.dropLast(behind)))
    }

    private static func tableDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
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

extension Vocabulary: ExpressibleByArrayLiteral {
    package init(arrayLiteral words: String...) {
        self.init(words)
    }
}
