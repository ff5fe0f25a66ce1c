import BankConnectAPI
import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct ProxyCheckTests {
    private static let url = "webhook_url: 'https://uat.lender.example:8443/hook'"

    private func result(
        _ probe: String, _ variables: [String: String], baseURL: String = "http://127.0.0.1:8585"
    ) throws -> (findings: [DoctorFinding], proxies: Proxies?) {
        ProxyCheck(
            environments: try DoctorFixture.environments(
                "uat: { \(Self.url), probe: \(probe) }", baseURL: baseURL),
            variables: variables
        ).result
    }

    @Test(arguments: [("off", "ok -"), ("warn", "error"), ("require", "error")])
    func `a proxy that only the endpoints of probes need is looked at too`(
        probe: String, words: String
    ) throws {
        for value in ["socks5://127.0.0.1:1", "http://proxy.lender.example"] {
            let found = try result(probe, ["https_proxy": value])
            #expect(DoctorFixture.words(found.findings)[0].hasPrefix(words))
            // The API is called without it.
            #expect(found.proxies != nil)
        }
    }

    @Test func `an endpoint that is called through a proxy is named`() throws {
        let proxy = ["HTTPS_PROXY": "http://proxy.lender.example:3128"]
        let named = try result("require", proxy)
        #expect(
            named.findings.map(\.message) == [
                "uat.lender.example through proxy.lender.example:3128, named by $HTTPS_PROXY"
            ])
        let excepted = proxy.merging(["no_proxy": "uat.lender.example:8443"]) { $1 }
        #expect(
            try result("require", excepted).findings.map(\.message) == [
                "none: every host of the API and every endpoint that an apply tries is called directly"
            ])
        #expect(
            try result("off", proxy).findings.map(\.message) == [
                "none: every host of the API is called directly"
            ])
    }

    @Test func `a proxy that the API needs and that cannot be used is an error`() throws {
        let found = try result(
            "off", ["https_proxy": "socks5://127.0.0.1:1"], baseURL: BaseURL.production)
        #expect(DoctorFixture.words(found.findings) == ["error not_supported"])
        #expect(found.proxies == nil)
    }
}
