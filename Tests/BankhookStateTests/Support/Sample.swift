import BankhookModel
import Testing

/// The records whose bytes `Golden` holds, and what they are made of.
enum Sample {
    static let lineage = "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"
    static let ones = "sha256:" + String(repeating: "1", count: 64)

    static func full() throws -> Record {
        Record(
            environment: try name("production"), lineage: try #require(Lineage(lineage)),
            serial: 4, previous: Checksum(ones),
            applied: Record.Applied(
                registration: try registration(
                    "https://apis.bankconnect.finbox.in",
                    "https://hooks.lender.example/bankconnect/{token}", mode: .netBankingAndManual),
                account: try fingerprint("6f1c02b9d3a4e581"),
                webhookSecrets: ["token": try fingerprint("90ab12cd34ef5678")],
                appliedAt: try moment("2026-11-23T04:12:09Z"), origin: .applied,
                revision: "4f2c9e1d5b6a7c8e9f0a1b2c3d4e5f6a7b8c9d0e",
                run: "https://ci.example/runs/1042", tool: "bankhook 0.1.0"), pending: nil)
    }

    static func bare() throws -> Record {
        Record(
            environment: try name("uat"), lineage: try #require(Lineage(lineage)),
            serial: 1, previous: nil,
            applied: Record.Applied(
                registration: try registration(
                    "https://apis.bankconnect.finbox.in",
                    "https://hooks.lender.example/bankconnect", flow: .session, mode: .all),
                account: try fingerprint("6f1c02b9d3a4e581"), webhookSecrets: [:],
                appliedAt: try moment("2026-11-23T04:12:09Z"), origin: .imported,
                revision: nil, run: nil, tool: "bankhook 0.1.0"), pending: nil)
    }

    static func intent(_ environment: String = "uat", lineage: String = lineage) throws -> Record {
        Record(
            environment: try name(environment), lineage: try #require(Lineage(lineage)),
            serial: 0, previous: nil, applied: nil,
            pending: Record.Pending(
                action: .register,
                registration: try registration(
                    "https://apis-uat.bankconnect.finbox.in",
                    "https://hooks.lender.example/{b_2}?x={a}", mode: .netBanking),
                account: try fingerprint("6f1c02b9d3a4e581"),
                webhookSecrets: [
                    "a": try fingerprint("0000000000000001"),
                    "b_2": try fingerprint("0000000000000002"),
                ],
                holder: try holder(run: "https://ci.example/runs/7"), settled: nil,
                unknownSince: try moment("2026-11-22T23:59:59Z"), expiresAt: nil))
    }

    static func holder(
        _ id: String = "7d9f1c1e-0000-4000-8000-000000000001", run: String? = nil
    ) throws -> LockHolder {
        LockHolder(
            id: id, host: "build-7", process: 4_711, run: run,
            startedAt: try moment("2026-11-23T04:12:09Z"))
    }

    static func name(_ text: String) throws -> EnvironmentName {
        try #require(EnvironmentName(text))
    }

    private static func registration(
        _ base: String, _ url: String, flow: Flow = .entity, mode: WebhookMode
    ) throws -> Registration {
        Registration(
            baseURL: try BaseURL(base), flow: flow, webhookURL: try WebhookURL(url), mode: mode)
    }

    private static func fingerprint(_ digits: String) throws -> Fingerprint {
        try #require(Fingerprint("hmac-sha256:" + digits))
    }

    private static func moment(_ text: String) throws -> Timestamp {
        try #require(Timestamp(text))
    }
}
