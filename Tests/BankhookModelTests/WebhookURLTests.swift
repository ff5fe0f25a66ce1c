import BankhookModel
import Testing

@Suite struct WebhookURLTests {
    /// Why a URL is refused, or nil when BankConnect's production host could call it.
    private func problem(_ text: String, from base: String = BaseURL.production) throws -> String? {
        let baseURL = try BaseURL(base)
        do throws(URLProblem) {
            try WebhookURL(text).checkReachable(from: baseURL)
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        "https://hooks.lender.example/bankconnect", "https://hooks.lender.example",
        "https://hooks.lender.example?x=1", "https://hooks.lender.example./",
        "HTTPS://Hooks.Lender.Example/", "https://xn--bcher-kva.example/",
        "https://a.example:1/", "https://a.example:65535/", "https://8.8.8.8/", "https://8.8.8.8./",
        "https://[2606:4700::1111]/", "https://a.example/{token}/x?k={token_2}",
        "https://a.example/%7Buser%7D/a%2Fb?x=a%20b&y='!$()*+,;=:@", "https://a_b.example/",
        "https://internal.lender.example/", "https://local.example/",
        "https://172.32.0.1/", "https://100.128.0.1/", "https://192.169.0.1/", "https://11.0.0.1/",
        "https://223.255.255.255/", "https://[3fff:1000::]/", "https://[2001:200::]/",
    ])
    func `a URL that BankConnect can call is accepted`(text: String) throws {
        #expect(try problem(text) == nil)
    }

    @Test(arguments: [
        ("https://user:secret@a.example/", "holds user info (…@)"),
        ("https://user@a.example/", "holds user info (…@)"),
        ("https://@a.example/", "holds user info (…@)"),
        ("user:secret@a.example/", "holds user info (…@)"),
        ("//user:secret@a.example/", "holds user info (…@)"),
        ("https://us er:é@a.example/", "holds user info (…@)"),
        ("https://\u{301}user:secret@a.example/", "holds user info (…@)"),
        ("https://a.example/#x", "has a fragment (#…), which is never sent"),
        ("https://a.example#", "has a fragment (#…), which is never sent"),
        ("https://a.example/a b", "holds a space, which no URL may contain"),
        (" https://a.example/", "holds a space, which no URL may contain"),
        ("https://a.example\\b", "holds '\\', which no URL may contain"),
        ("https://a.example/<b>", "holds '<', which no URL may contain"),
        ("https://a.example/\"", "holds '\"', which no URL may contain"),
        ("https://a.example/\r\n", "holds the control character U+000D, which no URL may contain"),
        ("https://a.example/\n", "holds the control character U+000A, which no URL may contain"),
        ("https://a.example/\u{0}", "holds the control character U+0000, which no URL may contain"),
        (
            "https://a.example/\u{7F}",
            "holds the control character U+007F, which no URL may contain"
        ),
        ("https://a.example/%00", "holds a percent-encoded control character"),
        ("https://a.example/%0d%0A", "holds a percent-encoded control character"),
        ("https://a.example/%7f", "holds a percent-encoded control character"),
        ("https://a.example/%", "has a % that two hexadecimal digits do not follow"),
        ("https://a.example/%2", "has a % that two hexadecimal digits do not follow"),
        ("https://a.example/%zz", "has a % that two hexadecimal digits do not follow"),
        ("https://bücher.example/", "holds a character outside ASCII"),
        ("https://аpple.example/", "holds a character outside ASCII"),
        ("https://a.example/é", "holds a character outside ASCII"),
        ("https:///x", "has no host"), ("https://", "has no host"),
        ("https://:443/", "has no host"),
        ("https://?x", "has no host"), ("https://./", "has a malformed host name"),
        ("https://a..example/", "has a malformed host name"),
        ("https://.example/", "has a malformed host name"),
        ("https://a%2eexample/", "has a host with a character that no host name may contain"),
        ("https://a~b.example/", "has a host with a character that no host name may contain"),
        ("https://*.example/", "has a host with a character that no host name may contain"),
        ("https://a.example:0/", "has no usable port"),
        ("https://a.example:/", "has no usable port"),
        ("https://a.example:65536/", "has no usable port"),
        ("https://a.example:99999/", "has no usable port"),
        ("https://a.example:x/", "has no usable port"),
        ("https://a.example:-1/", "has no usable port"),
        ("https://a.example:+443/", "has no usable port"),
        ("https://a.example:443:443/", "has no usable port"),
        ("https://[::1/", "has no ] after its IPv6 address"),
        (
            "https://[fe80::1%25eth0]/",
            "has an IPv6 address with a zone, which means nothing elsewhere"
        ),
        (
            "https://[2606:4700::1%251]/",
            "has an IPv6 address with a zone, which means nothing elsewhere"
        ),
        ("https://[1::2::3]/", "has no valid IPv6 address between [ and ]"),
        ("https://[v1.x]/", "has no valid IPv6 address between [ and ]"),
        ("https://{host}.example/", "has a placeholder in its host or port"),
        ("https://a.example:{port}/", "has a placeholder in its host or port"),
        ("https://{user}:{password}@a.example/", "holds user info (…@)"),
        ("https://a.example/{Token}", "has a brace that is no {placeholder}"),
        ("https://a.example/{}", "has a brace that is no {placeholder}"),
        ("https://a.example/{a", "has a brace that is no {placeholder}"),
        ("https://a.example/a}", "has a brace that is no {placeholder}"),
        ("https://a.example/{{a}}", "has a brace that is no {placeholder}"),
        ("https://a.example/{1a}", "has a brace that is no {placeholder}"),
        ("https://a.example/{a-b}", "has a brace that is no {placeholder}"),
        ("ftp://a.example/", "does not start with https://"),
        ("javascript:alert(1)", "is no absolute URL"), ("a.example/x", "is no absolute URL"),
        ("//a.example/x", "is no absolute URL"), ("/x", "is no absolute URL"),
        ("", "is no absolute URL"), ("https:/a.example", "is no absolute URL"),
        ("http://a.example/", "is not https"),
        ("https://1.2.3.4.5/", "has a host that looks like an IPv4 address and is none"),
        ("https://256.1.1.1/", "has a host that looks like an IPv4 address and is none"),
        ("https://a.example.1/", "has a host that looks like an IPv4 address and is none"),
        ("https://08.8.8.8/", "has a host that looks like an IPv4 address and is none"),
        ("https://8.-0.8.8/", "has a host that looks like an IPv4 address and is none"),
        ("https://8.8.8.0x1000000000/", "has a host that looks like an IPv4 address and is none"),
        ("https://4294967296/", "has a host that looks like an IPv4 address and is none"),
    ])
    func `a URL that is none is refused, and the words say why`(text: String, message: String)
        throws
    {
        #expect(try problem(text) == message)
    }

    @Test(arguments: [
        // Names that no public resolver knows.
        "localhost", "LOCALHOST", "localhost.", "api.localhost", "printer.local", "a.b.internal",
        "hooks.INTERNAL.", "single",
        // Loopback, in the spellings that resolvers take.
        "127.0.0.1", "127.0.0.1.", "127.255.255.254", "127.1", "127.0.1", "0x7f.1", "0x7F000001",
        "0177.0.0.1", "2130706433", "017700000001", "[::1]", "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
        // Private, carrier-grade, link-local with the metadata service, unspecified.
        "10.0.0.1", "10.1", "0xa.1", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "3232235777", "100.64.0.1", "100.127.255.255", "169.254.169.254", "0xA9FEA9FE", "0.0.0.0",
        "0", "0x", "0.1.2.3", "[::ffff:10.0.0.1]", "[fd00::1]", "[fc00::1]", "[fe80::1]",
        "[febf::1]", "[fec0::1]", "[::]",
        // Documentation, benchmarks, protocol assignments, relays, multicast, reserved, broadcast.
        "192.0.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.255",
        "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "[2001:db8::1]",
        "[3fff::1]", "[3fff:fff:ffff::]", "[ff02::1]", "[ff0e::1]", "[100::1]",
        // Addresses that hold an IPv4 address: 6to4, Teredo, NAT64.
        "[2002:a00:1::]", "[2002:808:808::]", "[2001::1]", "[2001:0:4136:e378::]",
        "[64:ff9b::10.0.0.1]", "[64:ff9b::8.8.8.8]", "[64:ff9b:1::1]", "[::ffff:8.8.8.8]",
        "[2001:10::1]", "[2001:1ff::1]", "[5f00::1]", "[4000::1]",
    ])
    func `a host that is not public is refused in every spelling`(host: String) throws {
        let problem = try problem("https://\(host)/x")
        #expect(problem?.hasPrefix("has a host that BankConnect cannot reach: ") == true)
    }

    @Test func `from an API on loopback, loopback and http may be called`() throws {
        let base = "http://127.0.0.1:8585"
        for text in [
            "http://127.0.0.1:9000/x", "https://localhost/x", "http://[::1]:1/",
            "http://a.localhost/",
            "http://127.1/", "http://hooks.lender.example/", "https://hooks.lender.example/",
        ] {
            #expect(try problem(text, from: base) == nil, "\(text)")
        }
        #expect(try problem("http://10.0.0.1/", from: base) != nil)
        #expect(try problem("http://single/", from: base) != nil)
    }

    @Test func `2048 characters are accepted, one more is refused`() throws {
        let start = "https://a.example/"
        let longest = start + String(repeating: "a", count: 2_048 - start.utf8.count)
        #expect(try problem(longest) == nil)
        #expect(try problem(longest + "a") == "is longer than 2048 characters")
    }

    @Test func `a host name is at most 253 characters, a label 63`() throws {
        let label = String(repeating: "a", count: 63)
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(
            separator: ".")
        #expect(try problem("https://\(longest)/") == nil)
        #expect(try problem("https://\(longest)./") == nil)
        #expect(try problem("https://\(longest)b/") == "has a malformed host name")
        #expect(try problem("https://\(label)a.example/") == "has a malformed host name")
    }

    @Test(arguments: [
        ("HTTPS://Hooks.Lender.Example", "https://hooks.lender.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example:8443", "https://a.example:8443/"),
        ("https://a.example:0443/x", "https://a.example/x"),
        ("http://a.example:80/", "http://a.example/"),
        ("https://a.example:80/", "https://a.example:80/"),
        ("https://a.example?Q=1", "https://a.example/?Q=1"),
        ("https://a.example/Path", "https://a.example/Path"),
        ("https://a.example/?", "https://a.example/?"),
        ("https://a.example/{t}?x={t}", "https://a.example/{t}?x={t}"),
        ("https://[2606:4700:0:0:0:0:0:1111]/", "https://[2606:4700::1111]/"),
        ("https://[2606:4700::ABCD]:443", "https://[2606:4700::abcd]/"),
    ])
    func `there is one canonical form, and the URL is kept as written`(
        text: String, canonical: String
    )
        throws
    {
        let url = try WebhookURL(text)
        #expect(url.canonical == canonical)
        #expect(url.text == text)
        #expect("\(url)" == text)
        let other = try WebhookURL(canonical)
        #expect(url == other)
        #expect(Set([url, other]).count == 1)
    }

    @Test func `paths and queries that differ are different registrations`() throws {
        let url = try WebhookURL("https://a.example/x?y")
        for other in [
            "https://a.example/X?y", "https://a.example/x?Y", "https://a.example/x",
            "https://a.example/x/?y",
        ] {
            #expect(try WebhookURL(other) != url)
        }
    }

    @Test func `placeholders are listed once, in the order of their appearance`() throws {
        let url = try WebhookURL("https://a.example/{b}/{a_1}/{b}?x={c}")
        #expect(url.placeholders == ["b", "a_1", "c"])
    }

    @Test func `secrets fill every place that names them`() throws {
        let url = try WebhookURL("https://a.example/{token}/{token}{other}?{other}")
        let token = try #require(Secret("token-0123456789"))
        let other = try #require(Secret("other-0123456789"))
        #expect(
            url.filled(with: ["token": token, "other": other])
                == "https://a.example/token-0123456789/token-0123456789other-0123456789?other-0123456789"
        )
        #expect(url.filled(with: ["token": token]) == nil)
        #expect(try WebhookURL("https://a.example/").filled(with: [:]) == "https://a.example/")
    }

    @Test(arguments: [
        ("a", true), ("a_1", true), ("abc", true), ("", false), ("1a", false), ("_a", false),
        ("A", false), ("aB", false), ("a-b", false), ("é", false), ("a ", false),
    ])
    func `a placeholder's name is a lower-case identifier`(name: String, isName: Bool) {
        #expect(WebhookURL.isPlaceholderName(name) == isName)
    }
}
