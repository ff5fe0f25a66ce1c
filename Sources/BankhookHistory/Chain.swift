internal import BankhookModel

/// The settled versions of one lineage, wherever they are: which serials there are, and which
/// version is which.
struct Chain {
    private var serials: [Int]
    private var serialOf: [Checksum: Int] = [:]

    init(_ versions: [RecordVersion]) {
        for version in versions {
            if let settled = version.settled { serialOf[settled] = version.serial }
        }
        serials = Set(serialOf.values).sorted()
    }

    /// What is wrong with how a version follows from the one before it.
    ///
    /// Where not all of the history is there, nothing is concluded from what is missing. A chain
    /// begins with the lowest serial there is: what was recorded before the records were committed
    /// is no gap between two versions.
    func fault(of version: RecordVersion, isComplete: Bool) -> StateFault? {
        let serial = version.serial
        guard let previous = version.previous else {
            return !isComplete || holdsAll(after: 0, below: serial)
                ? nil : .gap(serial: serial, after: 0)
        }
        if let before = serialOf[previous] {
            guard before < serial else { return .notHigher(serial: serial, than: before) }
            return !isComplete || holdsAll(after: before, below: serial)
                ? nil : .gap(serial: serial, after: before)
        }
        guard isComplete, let lower = serials.prefix(count(below: serial)).last else { return nil }
        return lower == serial - 1
            ? .otherPrevious(serial: serial) : .gap(serial: serial, after: nil)
    }

    /// Whether every serial between two is there.
    private func holdsAll(after first: Int, below last: Int) -> Bool {
        count(below: last) - count(below: first + 1) == max(last - first - 1, 0)
    }

    /// How many serials are lower.
    private func count(below serial: Int) -> Int {
        var range = serials.startIndex..<serials.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                serials[middle] < serial
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
