import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import BankConnectEmulator

@Suite struct StatusPageTests {
    private static let hostile = "</pre><script>alert(1)</script>\u{202E}&amp;'"

    @Test func `it shows what is registered, what was called and what was delivered`()
        async throws
    {
        try await Receiver.with { _, url in
            try await withEmulator { emulator in
                try await emulator.register(url + "/hook")
                _ = try await emulator.event(#""progress":"completed","mode":"manual""#)
                _ = try await emulator.setFaults(#"[{"path":"/x","times":2,"status":503}]"#)
                for path in ["/_emulator/", "/_emulator"] {
                    let page = try await emulator.send(.get, path)
                    #expect(page.status == .ok)
                    #expect(page.headers[.contentType] == "text/html; charset=utf-8")
                    for text in [
                        "\(url)/hook", EmulatorClient.entityPath, "net banking and manual",
                        "&quot;progress&quot;: &quot;completed&quot;", "&quot;status&quot;:503",
                    ] {
                        #expect(page.text.contains(text), "\(text)")
                    }
                }
            }
        }
    }

    @Test func `nothing in it is markup, and no key or header is`() async throws {
        try await withEmulator { emulator in
            let text = StatusPageTests.hostile
            try await emulator.register(
                "http://127.0.0.1:1/<script>'\"</script>".replacing("\"", with: ""))
            _ = try await emulator.send(
                .post, "/a&amp;'b'", headers: ["x-api-key": "canary", "server-hash": "canary"],
                body: text)
            let event = JSON.object([
                "account": .string("demo"), "progress": .string("failed"),
                "mode": .string("net_banking"), "link_id": .string(text), "reason": .string(text),
            ])
            _ = try await emulator.send(
                .post, "/_emulator/events", headers: ["content-type": "application/json"],
                body: event.text)
            let page = try await emulator.send(.get, "/_emulator/").text
            #expect(page.ranges(of: "<script>").count == 1)
            #expect(page.contains("/a&amp;amp;&#39;b&#39;"))
            #expect(page.contains("&lt;script&gt;alert(1)"))
            #expect(!page.unicodeScalars.contains("\u{202E}"))
            #expect(page.contains("\\u{202E}"))
            for secret in ["canary", "demo-api-key", "demo-server-hash"] {
                #expect(!page.contains(secret))
            }
        }
    }

    @Test func `its policy names its own style and script and nothing else`() async throws {
        try await withEmulator { emulator in
            let page = try await emulator.send(.get, "/_emulator/")
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.hasPrefix("default-src 'none'; "))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            for tag in ["style", "script"] {
                let start = try #require(page.text.firstRange(of: "<\(tag)>"))
                let rest = page.text[start.upperBound...]
                let end = try #require(rest.firstRange(of: "</\(tag)>"))
                let digest = Data(SHA256.hash(data: Data(rest[..<end.lowerBound].utf8)))
                #expect(policy.contains("\(tag)-src 'sha256-\(digest.base64EncodedString())'"))
            }
            for list in ["", "requests"] {
                let headers = try await emulator.send(.get, "/_emulator/" + list).headers
                #expect(headers[.cacheControl] == "no-store")
                let name = try #require(HTTPField.Name("cross-origin-resource-policy"))
                #expect(headers[name] == "same-origin")
            }
        }
    }

    @Test func `of many calls it shows the newest and says so`() async throws {
        try await withEmulator { emulator in
            for number in 1...StatusPage.limit + 1 {
                _ = try await emulator.send(.get, "/call-\(number)-")
            }
            let page = try await emulator.send(.get, "/_emulator/").text
            #expect(!page.contains("/call-1-"))
            #expect(page.contains("/call-2-"))
            #expect(page.contains("/call-\(StatusPage.limit + 1)-"))
            #expect(page.contains("100 of 101"))
        }
    }

    @Test func `a body that is long is left to the list`() async throws {
        try await withEmulator { emulator in
            let long = String(repeating: "y", count: 100_000)
            _ = try await emulator.update(#"{"webhook_url":"http://a.example/","x":"\#(long)"}"#)
            let page = try await emulator.send(.get, "/_emulator/").text
            #expect(page.contains("too long to show"))
            #expect(page.utf8.count < 50_000)
        }
    }

    @Test func `it is read only`() async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.send(
                .post, "/_emulator/", headers: ["content-type": "application/json"], body: "{}")
            #expect(answer.status == .methodNotAllowed)
        }
    }
}
