internal import Git
internal import BankhookModel
internal import BankhookState

/// All versions of all lineages, from the blobs that a walk found.
struct VersionCollection {
    private(set) var versions: [Lineage: [RecordVersion]] = [:]
    /// What an environment's file held that is no record.
    private(set) var damaged: [EnvironmentName: [DamagedVersion]] = [:]
    /// The commits that brought each lineage to an environment's file, where it had several blobs.
    private(set) var lineages: [EnvironmentName: [Lineage: [Int]]] = [:]
    let files: HistoryWalk.Files
    private var unread: [EnvironmentName: [String: [Int]]]

    init(files: HistoryWalk.Files) {
        self.files = files
        unread = files.blobs
    }

    /// Adds what needs no reading: files whose only blob is what stands in the directory. Returns
    /// the blobs of all the others.
    mutating func addOwn(_ records: [DecodedRecord]) -> Set<String> {
        for decoded in records {
            let name = decoded.record.environment
            guard let blobs = unread[name], blobs.count == 1, let (id, commits) = blobs.first,
                id == BlobID.of(RecordCodec.encode(decoded.record), length: id.utf8.count)
            else { continue }
            unread[name] = nil
            add(decoded, commits: commits)
        }
        return Set(unread.values.flatMap(\.keys))
    }

    /// Adds the blobs that were read.
    mutating func add(_ batch: BlobBatch) {
        for (name, blobs) in unread {
            for (id, commits) in blobs {
                guard let bytes = batch.blobs[id] else { continue }
                do throws(RecordDamage) {
                    let decoded = try RecordCodec.decode(Array(bytes), as: name)
                    add(decoded, commits: commits)
                    lineages[name, default: [:]][decoded.record.lineage, default: []] += commits
                } catch {
                    damaged[name, default: []].append(
                        DamagedVersion(blob: id, damage: error, commits: commits))
                }
            }
        }
    }

    private mutating func add(_ decoded: DecodedRecord, commits: [Int]) {
        versions[decoded.record.lineage, default: []].append(
            RecordVersion(decoded, commits: commits))
    }
}
