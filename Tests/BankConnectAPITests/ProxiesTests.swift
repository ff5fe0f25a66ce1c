@testable import BankConnectAPI
import BankhookModel
import Testing

struct ProxiesTests {
    private let proxy = "http://proxy.example:3128"

    @Test func `https_proxy comes before HTTPS_PROXY, and no other variable counts`() throws {
        let names = ["https_proxy", "HTTPS_PROXY"]
        #expect(try obeyed([:]) == nil)
        #expect(try obeyed(["https_proxy": proxy, "HTTPS_PROXY": proxy]) == names[0])
        #expect(try obeyed(["HTTPS_PROXY": proxy]) == names[1])
        #expect(
            try obeyed(["http_proxy": proxy, "ALL_PROXY": proxy, "all_proxy": proxy]) == nil)
    }

    @Test func `an empty https_proxy switches proxies off`() throws {
        #expect(try obeyed(["https_proxy": "", "HTTPS_PROXY": proxy]) == nil)
        #expect(try obeyed(["https_proxy": ""]) == nil)
        #expect(try obeyed(["HTTPS_PROXY": ""]) == nil)
    }

    @Test func `no_proxy comes before NO_PROXY, and an empty one excepts nothing`() throws {
        let host = "apis.bankconnect.finbox.in"
        let rows: [([String: String], Bool)] = [
            (["no_proxy": host], false), (["NO_PROXY": host], false),
            (["no_proxy": "other", "NO_PROXY": host], true),
            (["no_proxy": "", "NO_PROXY": host], true),
        ]
        for (variables, isObeyed) in rows {
            let all = variables.merging(["https_proxy": proxy]) { first, _ in first }
            #expect(try (obeyed(all) != nil) == isObeyed, "\(variables)")
        }
    }

    @Test(arguments: [
        ("http://proxy.example:3128", "proxy.example", 3128, nil),
        ("HTTP://Proxy.Example:80/", "proxy.example", 80, nil),
        ("proxy.example:1080", "proxy.example", 1080, nil),
        ("127.0.0.1:8080", "127.0.0.1", 8080, nil),
        ("http://[::1]:8080", "[::1]", 8080, nil),
        ("http://user:pass@proxy.example:1", "proxy.example", 1, "user:pass"),
        ("user:pass@proxy.example:1", "proxy.example", 1, "user:pass"),
        ("http://user@proxy.example:1", "proxy.example", 1, "user"),
        ("http://user:@proxy.example:1", "proxy.example", 1, "user:"),
        ("http://@proxy.example:1", "proxy.example", 1, nil),
        ("http://u%40x:p%3a%2F%25@proxy.example:1", "proxy.example", 1, "u@x:p:/%"),
        ("http://u@x:p@y@proxy.example:1", "proxy.example", 1, "u@x:p@y"),
        ("http://u:p:q@proxy.example:1", "proxy.example", 1, "u:p:q"),
    ])
    func `a proxy is named as for curl`(
        text: String, host: String, port: Int, userInfo: String?
    ) throws {
        let proxy = try Proxy(text, variable: "https_proxy")
        #expect(proxy.host.description == host)
        #expect(proxy.port == port)
        #expect(proxy.userInfo?.exposed == userInfo)
    }

    @Test(arguments: [
        "canary-9d", "http://", "http://:3128", "http://canary-9d:0", "http://canary-9d:65536",
        "http://canary-9d:x", "http://canary-9d:3128/path", "http://canary-9d:3128?x=1",
        "http://canary-9d:3128#x", "canary 9d:3128", "http://user:canary-9d/x@proxy.example:1",
        "http://user:canary-9d%@proxy.example:1", "http://user:canary-9d%4@proxy.example:1",
        "http://user:canary-9d%00@proxy.example:1", "http://user:canary-9d%0D%0A@proxy.example:1",
        "http://user:canary-9d%FF@proxy.example:1", "http://a%3Acanary-9d:p@proxy.example:1",
        "http://user:canary-9d\r\nx: y@proxy.example:1", "https://user:canary-9d@proxy.example:1",
        "socks5h://canary-9d:1080", "canary-9d://proxy.example:1",
    ])
    func `a variable that names no usable proxy is an error that does not quote it`(
        text: String
    ) throws {
        let baseURL = try BaseURL(BaseURL.production)
        let problem = try #require(throws: Proxy.Problem.self) {
            try Proxies(variables: ["HTTPS_PROXY": text], calling: [baseURL])
        }
        #expect(problem.message.hasPrefix("HTTPS_PROXY "))
        #expect(!"\(problem)".contains("anary"))
    }

    @Test func `a variable that nobody has to obey may hold anything`() throws {
        for base in ["http://127.0.0.1:8585", "https://api.example"] {
            let proxies = try Proxies(
                variables: ["HTTPS_PROXY": "socks5://x", "no_proxy": "api.example"],
                calling: [try BaseURL(base)])
            #expect(proxies.proxy(for: try BaseURL(base)) == nil)
            #expect(proxies.secrets.isEmpty)
        }
    }

    @Test func `a proxy's user info prints as redacted`() throws {
        let proxies = try Proxies(
            variables: ["https_proxy": "http://user:canary-9d@proxy.example:1"],
            calling: [try BaseURL(BaseURL.production)])
        #expect(proxies.secrets.map(\.exposed) == ["user:canary-9d"])
        var text = ""
        dump(proxies, to: &text)
        #expect(!text.contains("canary") && !"\(proxies)".contains("canary"))
        #expect(text.contains("proxy.example"))
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
        let baseURL = try BaseURL(base)
        return try Proxies(variables: variables, calling: [baseURL]).proxy(for: baseURL)?.variable
    }
}
