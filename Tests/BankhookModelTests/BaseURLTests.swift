import BankhookModel
import Testing

@Suite struct BaseURLTests {
    private func problem(_ text: String) -> URLProblem? {
        do throws(URLProblem) {
            _ = try BaseURL(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("https://apis.bankconnect.finbox.in", "https://apis.bankconnect.finbox.in", 443),
        ("https://apis.bankconnect.finbox.in/", "https://apis.bankconnect.finbox.in", 443),
        ("HTTPS://APIs.BankConnect.FinBox.in:443/", "https://apis.bankconnect.finbox.in", 443),
        ("https://proxy.lender.example:8443", "https://proxy.lender.example:8443", 8443),
        ("http://localhost:8585", "http://localhost:8585", 8585),
        ("http://127.0.0.1", "http://127.0.0.1", 80),
        ("http://127.0.0.1:80/", "http://127.0.0.1", 80),
        ("http://[::1]:8585", "http://[::1]:8585", 8585),
        ("http://[0:0:0:0:0:0:0:1]:8585", "http://[::1]:8585", 8585),
        ("https://10.0.0.1", "https://10.0.0.1", 443),
    ])
    func `an origin is accepted and has one form`(text: String, canonical: String, port: Int) throws
    {
        let url = try BaseURL(text)
        #expect(url.canonical == canonical)
        #expect("\(url)" == canonical)
        #expect(url.port == port)
        #expect(url.isSecure == canonical.hasPrefix("https"))
        #expect(try BaseURL(canonical) == url)
    }

    @Test(arguments: [
        ("https://a.example/bank-connect/v1/", "has a path"), ("https://a.example//", "has a path"),
        ("https://a.example?x=1", "has a query"), ("https://a.example/?", "has a query"),
        ("https://user:secret@a.example", "holds user info (…@)"),
        ("https://a.example/#x", "has a fragment (#…), which is never sent"),
        ("http://a.example", "would send credentials unencrypted"),
        ("http://10.0.0.1", "would send credentials unencrypted"),
        ("http://a.localhost", "would send credentials unencrypted"),
        ("http://127.1:8585", "has an unusual spelling of an address"),
        ("https://0x8080808", "has an unusual spelling of an address"),
        ("a.example", "is no absolute URL"), ("https://", "has no host"),
    ])
    func `anything but an origin that is safe for credentials is refused`(
        text: String, message: String
    ) {
        #expect(problem(text)?.message == message)
    }

    @Test func `the hint for a path is the origin to write`() {
        #expect(
            problem("https://apis.bankconnect.finbox.in/bank-connect/v1")?.hint
                == "write the origin only, https://apis.bankconnect.finbox.in: bankhook adds the path"
        )
    }

    @Test func `user info is never quoted`() {
        let problem = problem("https://user:c4n4ry@a.example")
        #expect(problem?.holdsUserInfo == true)
        #expect("\(String(describing: problem))".contains("c4n4ry") == false)
    }

    @Test(arguments: [
        ("https://apis.bankconnect.finbox.in", true),
        ("https://apis-uat.bankconnect.finbox.in:8443", true),
        ("https://APIS.bankconnect.finbox.in", true), ("http://localhost:1", true),
        ("http://127.9.9.9:1", true), ("https://[::1]", true), ("https://[::ffff:127.0.0.1]", true),
        ("https://bankconnect.finbox.in", false), ("https://x.apis.bankconnect.finbox.in", false),
        ("https://apis.bankconnect.finbox.in.evil.example", false), ("https://a.example", false),
    ])
    func `only BankConnect's hosts and loopback are known`(text: String, isKnown: Bool) throws {
        #expect(try BaseURL(text).isKnown == isKnown)
    }

    @Test func `a policy may admit another host, and no other than that`() throws {
        let policy = Policy(webhookHosts: nil, apiHosts: ["proxy.lender.example"], maxChanges: nil)
        #expect(policy.allowsCredentials(to: try BaseURL("https://PROXY.lender.example:8443")))
        #expect(!policy.allowsCredentials(to: try BaseURL("https://x.proxy.lender.example")))
        #expect(policy.allowsCredentials(to: try BaseURL(BaseURL.production)))
        #expect(!Policy.none.allowsCredentials(to: try BaseURL("https://proxy.lender.example")))
    }
}
