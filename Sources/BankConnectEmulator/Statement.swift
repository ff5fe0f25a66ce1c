/// A statement of an entity, as the transactions call lists it.
struct Statement: Sendable {
    let id: String
    let mode: UploadMode
    var progress: ExtractionProgress
    /// Why it failed.
    var message: String?

    /// Its entry under `progress`.
    var json: JSON {
        .object([
            "statement_id": .string(id), "status": .string(progress.rawValue),
            "message": message.map(JSON.string) ?? .null, "source": .string(mode.source),
        ])
    }
}
