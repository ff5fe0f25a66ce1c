import BankhookModel
import BankhookState
import Testing

/// Records that differ in what a test wants.
enum Sample {
    static func name(_ text: String) throws -> EnvironmentName {
        try #require(EnvironmentName(text))
    }

    static func holder(
        _ number: Int, at moment: Timestamp = HandTime.start, run: String? = nil
    ) -> LockHolder {
        LockHolder(
            id: "00000000-0000-4000-8000-00000000000\(number)", host: "build-\(number)",
            process: 4_711, run: run, startedAt: moment)
    }

    /// An intent after what is recorded.
    static func intent(
        _ name: String, after before: Record? = nil, by holder: LockHolder, url: Int = 1
    )
        throws -> Record
    {
        let digits = name.utf8.map { String($0, radix: 16) }.joined().suffix(12)
        let lineage =
            "0f0c6f6e-3b1a-4c55-9d7e-" + String(repeating: "0", count: 12 - digits.count) + digits
        let settled =
            before?.pending != nil ? before?.pending?.settled : before.map(RecordCodec.checksum)
        return Record(
            environment: try self.name(name), lineage: try #require(Lineage(lineage)),
            serial: before?.serial ?? 0, previous: before?.previous, applied: before?.applied,
            pending: Record.Pending(
                action: before == nil ? .register : .update,
                registration: Registration(
                    baseURL: try BaseURL(BaseURL.production), flow: .entity,
                    webhookURL: try WebhookURL("https://hooks.lender.example/\(url)"),
                    mode: .netBankingAndManual),
                account: try #require(Fingerprint("hmac-sha256:6f1c02b9d3a4e581")),
                webhookSecrets: [:], holder: holder, settled: settled,
                unknownSince: before?.pending?.unknownSince ?? holder.startedAt, expiresAt: nil))
    }

    /// The settled version that an intent leads to.
    static func applied(_ intent: Record) throws -> Record {
        let pending = try #require(intent.pending)
        return Record(
            environment: intent.environment, lineage: intent.lineage, serial: intent.serial + 1,
            previous: pending.settled,
            applied: Record.Applied(
                registration: pending.registration, account: pending.account, webhookSecrets: [:],
                appliedAt: pending.holder.startedAt, origin: .applied, revision: nil, run: nil,
                tool: "bankhook"), pending: nil)
    }

    /// A settled record of its own.
    static func settled(_ name: String, url: Int = 1) throws -> Record {
        try applied(intent(name, by: holder(9), url: url))
    }
}
