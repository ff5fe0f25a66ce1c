import BankhookModel
import BankhookState

/// A place with records, which the stores of several processes share.
protocol StorePlace {
    /// The store as another process opens it.
    func open() -> any StateStore
    /// Puts a file there, as somebody else would; nil removes it.
    func put(_ file: String, _ bytes: [UInt8]?) async throws
    /// A file's bytes; nil where there is none.
    func bytes(of file: String) async throws -> [UInt8]?
}

extension StorePlace {
    func put(_ record: Record) async throws {
        try await put("\(record.environment).json", RecordCodec.encode(record))
    }
}

extension LockedStore {
    /// Records an intent, whichever way the store wants it.
    func recordIntent(_ name: String, url: Int = 2) async throws -> IntentRecord {
        let snapshot = try snapshot(of: Sample.name(name))
        let record = try Sample.intent(
            name, after: snapshot.decoded?.record, by: holder, url: url)
        let intent = IntentRecord(after: snapshot, record: record)
        switch intents {
        case .each: try await write(record, temporary: "t")
        case .whole: try await begin([intent])
        }
        return intent
    }
}
