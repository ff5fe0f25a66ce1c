import BankhookModel
import Testing

@Suite struct SecretTests {
    @Test func `a reference shows its name unless it looks like a value`() {
        #expect(SecretReference.variable("BANKCONNECT_UAT_API_KEY").description.hasSuffix("_KEY"))
        let path = "/run/secrets/bankconnect2/api_key"
        let file = SecretReference.file(ReferencedPath(written: path, path: path))
        #expect(file.description == "file \(path)")
        for value in ["sk_live_9f8e7d6c5b4a3928", "9f8e7d6c5b4a39281706f5e4aa=="] {
            let pasted = ReferencedPath(written: value, path: value)
            #expect(!SecretReference.variable(value).description.contains(value))
            #expect(!SecretReference.file(pasted).description.contains(value))
        }
    }

    private static let canary = "c4n4ry-0123456789"

    @Test(arguments: [
        ("abc", "abc"), ("abc\n", "abc"), ("abc\r\n", "abc"), ("!~", "!~"), ("a", "a"),
        (String(repeating: "a", count: 4_096) + "\n", String(repeating: "a", count: 4_096)),
    ])
    func `visible ASCII is taken, without one trailing newline`(text: String, value: String) {
        #expect(Secret(text)?.exposed == value)
    }

    @Test(arguments: [
        "", "\n", "\r\n", "abc\n\n", "abc\r", "\nabc", "a b", "abc ", "a\tb", "é", "a\u{301}",
        "abc\n\u{301}", "\u{FEFF}abc",
        "a\u{0}", "a\u{7F}", String(repeating: "a", count: 4_097),
    ])
    func `anything else is no secret`(text: String) {
        #expect(Secret(text) == nil)
    }

    @Test(arguments: [
        ("0123456789abcdef", true), ("ABCDEFGHIJ._~-xyz", true), ("0123456789abcde", false),
        ("0123456789abcdef/", false), ("0123456789abcdef%41", false), ("0123456789abcde{", false),
    ])
    func `only 16 unreserved characters or more fit into a URL`(text: String, fits: Bool) {
        #expect(Secret(text)?.fitsInURL == fits)
    }

    @Test func `no way of printing shows a value`() throws {
        let secret = try #require(Secret(SecretTests.canary))
        let credentials = Credentials(apiKey: secret, serverHash: secret)
        let values = SecretValues(credentials: credentials, webhookSecrets: ["token": secret])
        let things: [any Sendable] = [
            secret, credentials, values, [secret], ["k": secret], Optional(secret), (secret, 1),
        ]
        for thing in things {
            var printed = "\(thing)" + String(describing: thing) + String(reflecting: thing)
            print(thing, to: &printed)
            debugPrint(thing, to: &printed)
            dump(thing, to: &printed)
            dump(Mirror(reflecting: thing), to: &printed)
            #expect(!printed.contains("c4n4ry"))
            #expect(printed.contains("<redacted>"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect("\(secret)" == "<redacted>")
    }

    @Test func `a secret cannot be encoded`() throws {
        let secret: any Sendable = try #require(Secret(SecretTests.canary))
        #expect(!(secret is any Encodable))
    }

    @Test func `a reference says where, as it was written`() {
        #expect("\(SecretReference.variable("KEY"))" == "env KEY")
        let path = ReferencedPath(written: "k/v", path: "conf/k/v")
        #expect("\(SecretReference.file(path))" == "file k/v")
    }

    @Test func `all values of an environment are listed for searching`() throws {
        let texts = ["key-1", "hash-2", "token-3"]
        let secrets = try texts.map { try #require(Secret($0)) }
        let values = SecretValues(
            credentials: Credentials(apiKey: secrets[0], serverHash: secrets[1]),
            webhookSecrets: ["t": secrets[2]])
        #expect(values.all.map(\.exposed) == texts)
    }
}
