internal import Crypto

/// One of several equal parts of a fleet, so that several runners share one (specification, section
/// 6, `--shard`).
///
/// A name is in the same part on every machine and in every release: it depends on nothing else.
package struct Shard: Hashable, Sendable {
    /// From 1 to `count`.
    package let index: Int
    package let count: Int

    /// Parses `I/N` with 1 ≤ I ≤ N; nil for anything else.
    package init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false)
        guard numbers.count == 2, let index = Shard.number(numbers[0]),
            let count = Shard.number(numbers[1]), (1...count).contains(index)
        else { return nil }
        self.index = index
        self.count = count
    }

    /// Digits alone: `Int` also takes a sign.
    private static func number(_ digits: Substring) -> Int? {
        digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            ? Int(digits).flatMap { $0 > 0 ? $0 : nil } : nil
    }

    /// Whether an environment is in this part: by the first eight bytes of its name's SHA-256.
    package func contains(_ name: EnvironmentName) -> Bool {
        let hash = SHA256.hash(data: Array(name.text.utf8)).prefix(8).reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        return hash % UInt64(count) == UInt64(index - 1)
    }
}

extension Shard: CustomStringConvertible {
    package var description: String { "\(index)/\(count)" }
}
