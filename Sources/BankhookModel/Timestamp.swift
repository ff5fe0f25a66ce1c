package import FoundationEssentials

/// A moment in UTC, in whole seconds, as state files and outputs print it.
package struct Timestamp: Hashable, Sendable {
    package let secondsSinceEpoch: Int

    package init(secondsSinceEpoch: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    package init(_ date: Date) {
        self.init(secondsSinceEpoch: Int(date.timeIntervalSince1970.rounded(.down)))
    }

    /// Parses exactly what `description` prints, such as `2026-11-23T04:12:09Z`.
    package init?(_ text: String) {
        guard text.utf8.count == 20, let date = try? Date(text, strategy: .iso8601) else {
            return nil
        }
        self.init(date)
        guard description == text else { return nil }
    }

    /// Seconds from another moment to this one; negative when the other is later.
    package func seconds(since other: Timestamp) -> Int {
        secondsSinceEpoch - other.secondsSinceEpoch
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String {
        Date(timeIntervalSince1970: Double(secondsSinceEpoch)).formatted(.iso8601)
    }
}

extension Timestamp: Comparable {
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }
}
