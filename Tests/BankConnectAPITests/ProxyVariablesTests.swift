import BankConnectAPI
import BankhookModel
import Testing

struct ProxyVariablesTests {
    private let proxy = "http://proxy.example:3128"

    @Test func `the lower-case variable comes first, and an empty one is none`() throws {
        let names = ["https_proxy", "HTTPS_PROXY"]
        #expect(try obeyed([:]) == nil)
        #expect(try obeyed(["https_proxy": proxy, "HTTPS_PROXY": proxy]) == names[0])
        #expect(try obeyed(["HTTPS_PROXY": proxy]) == names[1])
        #expect(try obeyed(["https_proxy": "", "HTTPS_PROXY": proxy]) == names[1])
        #expect(try obeyed(["https_proxy": ""]) == nil)
        #expect(try obeyed(["http_proxy": proxy, "ALL_PROXY": proxy]) == nil)
    }

    @Test func `no_proxy comes before NO_PROXY, and an empty one is none`() throws {
        let host = "apis.bankconnect.finbox.in"
        let rows: [([String: String], Bool)] = [
            (["no_proxy": host], false), (["NO_PROXY": host], false),
            (["no_proxy": "other", "NO_PROXY": host], true),
            (["no_proxy": "", "NO_PROXY": host], false),
        ]
        for (variables, isObeyed) in rows {
            let all = variables.merging(["https_proxy": proxy]) { first, _ in first }
            #expect(try (obeyed(all) != nil) == isObeyed, "\(variables)")
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:8585", "http://localhost", "https://[::1]:8443", "https://127.8.9.1",
    ])
    func `loopback is never called through a proxy`(base: String) throws {
        #expect(try obeyed(["https_proxy": proxy], for: base) == nil)
    }

    @Test(arguments: [
        // The entry, the host that is called, whether it is excepted.
        ("*", "https://api.example", true), ("api.example", "https://api.example", true),
        ("API.Example", "https://api.example", true),
        ("example", "https://api.example", true), (".example", "https://api.example", true),
        ("*.example", "https://api.example", true), (".api.example", "https://api.example", false),
        ("pi.example", "https://api.example", false), ("api.exampl", "https://api.example", false),
        ("other, api.example", "https://api.example", true),
        ("other api.example", "https://api.example", true),
        (",, ,", "https://api.example", false), ("", "https://api.example", false),
        ("api.example:443", "https://api.example", true),
        ("api.example:8443", "https://api.example", false),
        ("api.example:8443", "https://api.example:8443", true),
        ("10.1.2.3", "https://10.1.2.3", true), ("10.1.2.3", "https://10.1.2.4", false),
        ("10.1.2.3:443", "https://10.1.2.3", true), ("10.1.2.3:444", "https://10.1.2.3", false),
        ("10.0.0.0/8", "https://10.1.2.3", true), ("10.0.0.0/8", "https://11.1.2.3", false),
        ("10.1.2.2/31", "https://10.1.2.3", true), ("10.1.2.0/31", "https://10.1.2.3", false),
        ("0.0.0.0/0", "https://10.1.2.3", true), ("10.0.0.0/33", "https://10.1.2.3", false),
        ("10.1.2.3/", "https://10.1.2.3", false), ("10.1.2.3/x", "https://10.1.2.3", false),
        ("10.1.2.3/32/1", "https://10.1.2.3", false), ("10.0.0.0/8", "https://api.example", false),
        ("fd00::1", "https://[fd00::1]", true), ("[fd00::1]", "https://[fd00::1]", true),
        ("[fd00::1]:443", "https://[fd00::1]", true),
        ("[fd00::1]:444", "https://[fd00::1]", false),
        ("fd00::/8", "https://[fdff::1]", true), ("[fd00::]/8", "https://[fdff::1]", true),
        ("fd00::/8", "https://[fe00::1]", false), ("::/0", "https://10.1.2.3", false),
        ("0.0.0.0/0", "https://[fd00::1]", false), ("*", "https://[fd00::1]", true),
    ])
    func `an entry of no_proxy excepts what it names`(
        entry: String, base: String, isExcepted: Bool
    ) throws {
        let name = try obeyed(["https_proxy": proxy, "no_proxy": entry], for: base)
        #expect(name == (isExcepted ? nil : "https_proxy"))
    }

    private func obeyed(
        _ variables: [String: String], for base: String = BaseURL.production
    ) throws -> String? {
        ProxyVariables.mustObey(for: try BaseURL(base), variables: variables)
    }
}
