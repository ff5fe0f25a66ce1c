import BankhookModel
import BankhookState

/// Every version of every record that was ever on the disk, each judged once.
struct RecordBook {
    private struct Key: Hashable {
        let name: EnvironmentName
        let bytes: [UInt8]
    }

    private var known: [Key: Record?] = [:]
    private var settled: [Checksum: Record] = [:]

    /// The record that some bytes are, nil where they are none, and what is wrong with its place in
    /// the chain, told once.
    mutating func read(_ bytes: [UInt8], as name: EnvironmentName) -> (Record?, problem: String?) {
        let key = Key(name: name, bytes: bytes)
        if let record = known[key] { return (record, nil) }
        guard let decoded = try? RecordCodec.decode(bytes, as: name) else {
            known[key] = .some(nil)
            return (nil, nil)
        }
        known[key] = decoded.record
        return (decoded.record, chainProblem(decoded.record))
    }

    /// Settled versions are one apart and name each other; an intent stands on a settled version,
    /// which is the record without it.
    private mutating func chainProblem(_ record: Record) -> String? {
        guard let pending = record.pending else { return settledProblem(record) }
        guard record.applied != nil else {
            return record.serial == 0 && record.previous == nil && pending.settled == nil
                ? nil : "a first intent stands on something"
        }
        let base = Record(
            environment: record.environment, lineage: record.lineage, serial: record.serial,
            previous: record.previous, applied: record.applied, pending: nil)
        guard RecordCodec.checksum(of: base) == pending.settled else {
            return "an intent does not stand on the settled version that it names"
        }
        return settledProblem(base)
    }

    private mutating func settledProblem(_ record: Record) -> String? {
        defer { settled[RecordCodec.checksum(of: record)] = record }
        if record.serial == 1 { return record.previous == nil ? nil : "serial 1 has a previous" }
        guard let before = record.previous.flatMap({ settled[$0] }),
            before.lineage == record.lineage, before.serial + 1 == record.serial
        else { return "serial \(record.serial) does not follow from its previous version" }
        return nil
    }
}
