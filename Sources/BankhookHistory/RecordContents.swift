internal import BankhookModel
internal import BankhookState
internal import Git

/// The records that the blobs of a history hold.
struct RecordContents {
    private struct Key: Hashable {
        let environment: EnvironmentName
        let blob: String
    }

    private let batch: BlobBatch?
    private var versions: [Key: FileVersion] = [:]

    /// Nil where nothing had to be read.
    init(_ batch: BlobBatch?) {
        self.batch = batch
    }

    /// Whether this clone lacks some of it.
    var lacksObjects: Bool { batch?.lacksObjects ?? false }

    /// What a file of an environment holds; each is decoded once.
    mutating func version(_ content: TimelineLog.Content, of environment: EnvironmentName)
        -> FileVersion
    {
        switch content {
        case .absent: return .absent
        case .noFile: return .damaged("it is no plain file")
        case .blob(let id):
            let key = Key(environment: environment, blob: id)
            if let known = versions[key] { return known }
            let version = decode(id, as: environment)
            versions[key] = version
            return version
        }
    }

    private func decode(_ id: String, as environment: EnvironmentName) -> FileVersion {
        guard let bytes = batch?.blobs[id] else { return .unread }
        do throws(RecordDamage) {
            return .record(try RecordCodec.decode(Array(bytes), as: environment))
        } catch {
            return .damaged("\(error)")
        }
    }
}
