import BankhookModel
import BankhookState
import Testing

/// Whose account an intent is of, whatever it is called.
struct AccountSearchTests {
    private static func name(_ text: String) throws -> EnvironmentName {
        try #require(EnvironmentName(text))
    }

    private static func registration(_ host: String) throws -> Registration {
        Registration(
            baseURL: try BaseURL("https://\(host)"), flow: .entity,
            webhookURL: try WebhookURL("https://hooks.lender.example/1"), mode: .netBanking)
    }

    private static func account(_ key: String, host: String = "apis.lender.example") throws
        -> Account
    {
        let secret = try #require(Secret("key-\(key)"))
        return Account(
            of: try registration(host), Credentials(apiKey: secret, serverHash: secret))
    }

    private static func intent(
        _ name: String, of account: Account, host: String = "apis.lender.example"
    ) throws -> Record {
        let lineage = try #require(Lineage("0f0c6f6e-3b1a-4c55-9d7e-000000000001"))
        let holder = LockHolder(
            id: "00000000-0000-4000-8000-000000000001", host: "h", process: 1, run: nil,
            startedAt: Timestamp(secondsSinceEpoch: 1))
        return Record(
            environment: try self.name(name), lineage: lineage, serial: 0, previous: nil,
            applied: nil,
            pending: Record.Pending(
                action: .register, registration: try registration(host),
                account: account.fingerprint(lineage), webhookSecrets: [:], holder: holder,
                settled: nil, unknownSince: holder.startedAt, expiresAt: nil))
    }

    @Test(arguments: [false, true])
    func `an intent of a wanted account is found, declared under its name or not`(
        isDeclared: Bool
    ) throws {
        let (wanted, other) = (try Self.account("wanted"), try Self.account("other"))
        let declared = [try Self.name("uat"): wanted, try Self.name("far"): other]
        var search = AccountSearch(
            [try Self.name("staging"): wanted], declared: isDeclared ? declared : [:])
        let staging = try Self.name("staging")
        #expect(search.environment(of: try Self.intent("uat", of: wanted)) == staging)
        #expect(search.environment(of: try Self.intent("far", of: other)) == nil)
    }

    @Test func `a name that is declared with another account than its intent's hides nothing`()
        throws
    {
        let wanted = try Self.account("wanted")
        var search = AccountSearch(
            [try Self.name("staging"): wanted],
            declared: [try Self.name("uat"): try Self.account("new")])
        let found = search.environment(of: try Self.intent("uat", of: wanted))
        #expect(found == (try Self.name("staging")))
    }

    @Test func `the same credentials at another host are another account`() throws {
        var search = AccountSearch([try Self.name("staging"): try Self.account("wanted")])
        let elsewhere = try Self.account("wanted", host: "apis-uat.lender.example")
        let intent = try Self.intent("uat", of: elsewhere, host: "apis-uat.lender.example")
        #expect(search.environment(of: intent) == nil)
    }

    @Test func `a settled record is nobody's intent`() throws {
        let wanted = try Self.account("wanted")
        var search = AccountSearch([try Self.name("staging"): wanted])
        let intent = try Self.intent("uat", of: wanted)
        let settled = Record(
            environment: intent.environment, lineage: intent.lineage, serial: 0, previous: nil,
            applied: nil, pending: nil)
        #expect(search.environment(of: settled) == nil)
        #expect(search.environment(of: intent) == (try Self.name("staging")))
    }
}
