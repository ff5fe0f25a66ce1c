import BankhookModel
import BankhookState
import Testing

/// Records for timelines: a version with whatever a test wants to be different.
struct TimelineRecords {
    static let first = "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"
    static let second = "11111111-3b1a-4c55-9d7e-8a1b2c3d4e5f"
    static let moment = Timestamp(secondsSinceEpoch: 1_800_000_000)

    var name = "uat"
    var lineage = first
    var url = "https://hooks.lender.example/a"
    var mode = WebhookMode.netBanking
    var account = "hmac-sha256:0123456789abcdef"
    var secrets: [String: String] = [:]
    var origin = Record.Applied.Origin.applied
    var run: String? = "https://ci.example/runs/1"
    /// The URL of an intent.
    var pending: String?
    var expires: Timestamp?
    /// Whether an older intent was never resolved.
    var isCarriedOver = false

    /// The version of a serial; 0 is a first intent.
    func callAsFunction(_ serial: Int) throws -> DecodedRecord {
        let settled = try record(serial, pending: nil)
        guard let pending else { return try decoded(settled) }
        let intent = Record.Pending(
            action: .update, registration: try registration(pending),
            account: try #require(Fingerprint(account)),
            webhookSecrets: try fingerprints(),
            holder: LockHolder(
                id: "id", host: "host", process: 1, run: "https://ci.example/runs/2",
                startedAt: TimelineRecords.moment),
            settled: serial == 0 ? nil : RecordCodec.checksum(of: settled),
            unknownSince: Timestamp(
                secondsSinceEpoch: TimelineRecords.moment.secondsSinceEpoch
                    - (isCarriedOver ? 60 : 0)), expiresAt: expires)
        return try decoded(try record(serial, pending: intent))
    }

    private func decoded(_ record: Record) throws -> DecodedRecord {
        try RecordCodec.decode(RecordCodec.encode(record), as: record.environment)
    }

    private func record(_ serial: Int, pending: Record.Pending?) throws -> Record {
        let applied = Record.Applied(
            registration: try registration(url), account: try #require(Fingerprint(account)),
            webhookSecrets: try fingerprints(), appliedAt: TimelineRecords.moment,
            origin: origin, revision: "abc", run: run, tool: "bankhook \(serial)")
        let previous = Checksum(sha256: String(repeating: "\(serial % 10)", count: 64))
        return Record(
            environment: try #require(EnvironmentName(name)),
            lineage: try #require(Lineage(lineage)), serial: serial,
            previous: serial > 1 ? previous : nil, applied: serial == 0 ? nil : applied,
            pending: pending)
    }

    private func registration(_ url: String) throws -> Registration {
        Registration(
            baseURL: try BaseURL(BaseURL.production), flow: .entity,
            webhookURL: try WebhookURL(url), mode: mode)
    }

    private func fingerprints() throws -> [String: Fingerprint] {
        try secrets.mapValues { try #require(Fingerprint($0)) }
    }
}
