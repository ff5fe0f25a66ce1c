import BankhookModel
import Testing

/// The constants were computed with another implementation of HMAC-SHA-256 from the words of the
/// specification, section 3.
@Suite struct FingerprintTests {
    private let lineage = Lineage("0f0c6f6e-5d1b-4c8e-9a51-3f2b7c9d1e00")

    private func credentials(_ key: String = "key-123", _ hash: String = "hash-456") throws
        -> Credentials
    {
        Credentials(apiKey: try #require(Secret(key)), serverHash: try #require(Secret(hash)))
    }

    private func account(
        _ base: String = BaseURL.production, _ flow: Flow = .entity,
        _ credentials: Credentials? = nil,
        lineage: Lineage? = nil
    ) throws -> String {
        try Fingerprint.account(
            baseURL: BaseURL(base), flow: flow, credentials: credentials ?? self.credentials(),
            lineage: #require(lineage ?? self.lineage)
        ).text
    }

    private func secrets(_ secrets: [String: String], of credentials: Credentials? = nil) throws
        -> [String: String]
    {
        let values = SecretValues(
            credentials: try credentials ?? self.credentials(),
            webhookSecrets: try secrets.mapValues { try #require(Secret($0)) })
        return Fingerprint.webhookSecrets(values, lineage: try #require(lineage)).mapValues(\.text)
    }

    @Test func `an account has the fingerprint that the specification says`() throws {
        #expect(try account() == "hmac-sha256:711bced92622ee8a")
        #expect(try account(BaseURL.production, .session) == "hmac-sha256:820fd7e9525342b4")
    }

    @Test func `the base URL counts in its canonical form`() throws {
        #expect(try account("HTTPS://APIS.bankconnect.finbox.in:443/") == account())
    }

    @Test func `an account's fingerprint changes with each thing that makes it`() throws {
        let others = [
            try account("https://apis-uat.bankconnect.finbox.in"),
            try account(BaseURL.production, .session),
            try account(BaseURL.production, .entity, credentials("key-124")),
            try account(BaseURL.production, .entity, credentials("key-123", "hash-457")),
            try account(BaseURL.production, .entity, credentials("hash-456", "key-123")),
            try account(lineage: Lineage("1f0c6f6e-5d1b-4c8e-9a51-3f2b7c9d1e00")),
        ]
        #expect(Set(others + [try account()]).count == others.count + 1)
    }

    @Test func `a webhook secret has the fingerprint that the specification says`() throws {
        #expect(
            try secrets(["token": "0123456789abcdef", "other": "0123456789abcdef"]) == [
                "token": "hmac-sha256:3868b984d64429fb", "other": "hmac-sha256:10b205c68ae1afc1",
            ])
        #expect(try secrets([:]).isEmpty)
    }

    @Test func `a webhook secret's fingerprint depends on the credentials`() throws {
        let one = try secrets(["token": "0123456789abcdef"])
        #expect(try secrets(["token": "0123456789abcdef"], of: credentials("key-124")) != one)
        #expect(try secrets(["token": "0123456789abcdeg"]) != one)
    }

    @Test(arguments: [
        ("hmac-sha256:711bced92622ee8a", true), ("hmac-sha256:711bced92622ee8", false),
        ("hmac-sha256:711bced92622ee8a0", false), ("hmac-sha256:711BCED92622EE8A", false),
        ("hmac-sha256:711bced92622ee8g", false), ("sha256:711bced92622ee8a", false),
        ("711bced92622ee8a", false),
        ("", false), ("hmac-sha256:711bced92622ee8\n", false),
    ])
    func `a fingerprint is read in its own form only`(text: String, isFingerprint: Bool) {
        #expect((Fingerprint(text)?.description == text) == isFingerprint)
    }
}
