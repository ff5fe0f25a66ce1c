internal import BankhookModel

/// The settled versions of one lineage, and the commits that brought each.
struct Origins {
    private var bySerial: [Int: [Checksum: [Int]]] = [:]

    init(_ versions: [RecordVersion]) {
        for version in versions {
            guard let settled = version.settled else { continue }
            bySerial[version.serial, default: [:]][settled, default: []] += version.commits
        }
    }

    /// The commits that brought a version; nil where none did.
    func commits(of version: RecordVersion) -> [Int]? {
        version.settled.flatMap { bySerial[version.serial]?[$0] }
    }

    /// The serials that stand for more than one version, with the commits of each.
    var forks: [Int: [[Int]]] {
        bySerial.filter { $0.value.count > 1 }.mapValues { Array($0.values) }
    }

    /// The commits of each version of a serial.
    func sides(of serial: Int) -> [[Int]] {
        bySerial[serial].map { Array($0.values) } ?? []
    }

    /// The commits of each version with a serial in between.
    func settled(after serial: Int, upTo last: Int) -> [[Int]] {
        bySerial.filter { $0.key > serial && $0.key <= last }.flatMap { Array($0.value.values) }
    }
}
