import BankConnectAPI
import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct EndpointNameCheckTests {
    private static let environments = [
        "uat: { webhook_url: 'https://hooks.lender.example/a' }",
        "production: { webhook_url: 'https://hooks.lender.example/b' }",
    ]

    /// What is said of a host that the resolver says that of.
    private func findings(
        _ result: Result<[String], HostLookup.Failure>, isBehindProxy: Bool = false,
        baseURL: String = BaseURL.production
    ) throws -> [DoctorFinding] {
        let check = EndpointNameCheck(
            environments: try DoctorFixture.environments(
                Self.environments[0], Self.environments[1], baseURL: baseURL),
            isBehindProxy: isBehindProxy)
        #expect(check.hosts.map { "\($0.host)" } == ["hooks.lender.example"])
        let host = try #require(check.hosts.first)
        switch result {
        case .success(let texts):
            return check.findings([(host, .success(try texts.map { try URLHost($0) }))])
        case .failure(let failure): return check.findings([(host, .failure(failure))])
        }
    }

    @Test func `public addresses are good`() throws {
        let found = try findings(.success(["93.184.216.34", "[2606:2800:220:1::1]"]))
        #expect(found.map(\.message) == ["1 host leads to public addresses; none was called"])
    }

    @Test(arguments: [
        ["10.0.0.5"], ["93.184.216.34", "192.168.1.2"], ["127.0.0.1"], ["169.254.169.254"],
        ["[fd00::1]"], ["[::1]"], ["100.64.0.1"],
    ])
    func `an address that nobody outside reaches is an error that names it`(addresses: [String])
        throws
    {
        let found = try findings(.success(addresses))
        #expect(DoctorFixture.words(found) == ["error endpoint_not_public"])
        #expect(found[0].message.contains(try #require(addresses.last)))
        #expect(found[0].message.contains("webhook_url of production, uat"))
        #expect(found[0].subject == "hooks.lender.example")
    }

    @Test func `a name that nobody has is an error, unless this machine need not know it`() throws {
        #expect(try DoctorFixture.words(findings(.failure(.notFound))) == ["error name_not_found"])
        #expect(
            try DoctorFixture.words(findings(.failure(.notFound), isBehindProxy: true))
                == ["warning not_checked"])
        let trial = try findings(.failure(.notFound), baseURL: "http://127.0.0.1:8585")
        #expect(DoctorFixture.words(trial) == ["warning name_not_found"])
    }

    @Test(arguments: [HostLookup.Failure.noAnswer("no server"), .timedOut])
    func `a resolver that gives no answer says nothing of the name`(failure: HostLookup.Failure)
        throws
    {
        #expect(try DoctorFixture.words(findings(.failure(failure))) == ["warning not_checked"])
    }

    @Test func `what is on this machine is good where the API is too`() throws {
        let environments = try DoctorFixture.environments(
            "uat: { webhook_url: 'http://127.0.0.1:9000/hook' }", baseURL: "http://127.0.0.1:8585")
        let check = EndpointNameCheck(environments: environments, isBehindProxy: false)
        let host = try #require(check.hosts.first)
        let found = check.findings([(host, .success([host.host]))])
        #expect(found.map(\.message) == ["1 host is this machine, as the API's is"])
    }
}
