import BankhookConfiguration
import BankhookModel
import FoundationEssentials
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@Suite struct SecretResolverTests {
    /// An environment whose API key and webhook secret are found as given.
    private func environment(
        key: String = "{env: KEY}", token: String = "{env: TOKEN}", in directory: String = "."
    )
        throws -> Environment
    {
        let decoding = Decoding(
            """
            version: 1
            environments:
              a:
                webhook_url: https://a.example/{token}
                webhook_mode: 0
                webhook_secrets: {token: \(token)}
                credentials: {api_key: \(key), server_hash: {env: HASH}}
            """, path: "\(directory)/bankhook.yaml")
        return try #require(decoding.environment)
    }

    private let variables = ["KEY": "key-1", "HASH": "hash-2\n", "TOKEN": "0123456789abcdef\r\n"]

    private func problems(_ environment: Environment, _ changes: [String: String?] = [:])
        -> [String]
    {
        var variables = variables
        for (name, value) in changes { variables[name] = value }
        switch SecretResolver(variables: variables).resolve(environment) {
        case .atHand: return []
        case .missing(let problems, _): return problems.map { "\($0.field): \($0.message)" }
        }
    }

    @Test func `variables are read, without one trailing newline`() throws {
        guard
            case .atHand(let values) = SecretResolver(variables: variables).resolve(
                try environment())
        else {
            Issue.record("not at hand")
            return
        }
        #expect(values.all.map(\.exposed) == ["key-1", "hash-2", "0123456789abcdef"])
    }

    private static let odd = "holds something other than 1 to 4096 visible ASCII characters"
    private static let unfit =
        "holds a value that cannot stand in a URL: it must be 16 or more of A-Z a-z 0-9 . _ ~ -"

    @Test(
        arguments: [
            (nil, "is not set"), ("", "is empty"), ("a b", odd), ("é", odd), ("a\n\n", odd),
            ("a\u{0}", odd), ("\n", odd),
            (String(repeating: "a", count: 4_097), odd),
        ] as [(String?, String)])
    func `a variable that holds no secret is not at hand, and never quoted`(
        value: String?, problem: String
    ) throws {
        #expect(
            problems(try environment(), ["KEY": value]) == [
                "credentials.api_key: env KEY \(problem)"
            ])
    }

    @Test(arguments: [
        ("0123456789abcde", unfit), ("0123456789abcdef/", unfit), ("0123456789abcdef%", unfit),
        ("0123456789abcdef{", unfit),
        ("short", unfit),
    ])
    func `a webhook secret has to fit into a URL`(value: String, problem: String) throws {
        #expect(
            problems(try environment(), ["TOKEN": value]) == [
                "webhook_secrets.token: env TOKEN \(problem)"
            ])
    }

    @Test func `all that is missing is named at once`() throws {
        #expect(
            problems(try environment(), ["KEY": nil, "HASH": "", "TOKEN": nil]) == [
                "credentials.api_key: env KEY is not set",
                "credentials.server_hash: env HASH is empty",
                "webhook_secrets.token: env TOKEN is not set",
            ])
    }

    @Test func `a URL that its secrets make too long is refused`() throws {
        #expect(
            problems(try environment(), ["TOKEN": String(repeating: "a", count: 2_040)])
                == ["webhook_url: with its secrets it is longer than 2048 characters"])
    }

    private func probed(_ headers: String) throws -> Environment {
        let decoding = Decoding(
            """
            version: 1
            environments:
              a:
                webhook_url: https://a.example/{token}
                webhook_mode: 0
                webhook_secrets: {token: {env: TOKEN}}
                credentials: {api_key: {env: KEY}, server_hash: {env: HASH}}
                probe_headers: \(headers)
            """)
        return try #require(decoding.environment)
    }

    @Test func `headers of probes are secrets, and stop nothing else where they are missing`()
        throws
    {
        let environment = try probed("{X-One: {env: ONE}, x-two: {env: TWO}}")
        let resolver = SecretResolver(variables: variables.merging(["ONE": "1-canary"]) { $1 })
        let headers = resolver.probeHeaders(of: environment)
        #expect(headers.values.mapValues(\.exposed) == ["X-One": "1-canary"])
        #expect(
            headers.problems.map { "\($0.field): \($0.message)" } == [
                "probe_headers.x-two: env TWO is not set"
            ])
        guard case .atHand(let values) = resolver.resolve(environment) else {
            Issue.record("not at hand")
            return
        }
        #expect(values.all.map(\.exposed).contains("1-canary"))
    }

    @Test func `an endpoint needs the secrets of its URL and no credentials`() throws {
        let environment = try environment()
        let token = ["TOKEN": "0123456789abcdef"]
        let found = SecretResolver(variables: token).endpoint(of: environment)
        #expect(try found.get().exposed == "https://a.example/0123456789abcdef")
        guard case .failure(let missing) = SecretResolver(variables: [:]).endpoint(of: environment)
        else {
            Issue.record("at hand")
            return
        }
        #expect(
            missing.problems.map { "\($0.field): \($0.message)" } == [
                "webhook_secrets.token: env TOKEN is not set"
            ])
    }

    @Test func `files are read through links, and whatever is none is named`() async throws {
        try await withTemporaryDirectory { directory in
            func write(_ name: String, _ bytes: [UInt8]) throws {
                try Data(bytes).write(to: URL(filePath: "\(directory)/\(name)"))
            }
            func resolve(_ name: String) throws -> [String] {
                problems(try environment(key: "{file: \(name)}", in: directory))
            }
            try write("good", Array("key-1".utf8))
            try write("newline", Array("key-1\n".utf8))
            try write("crlf", Array("key-1\r\n".utf8))
            try write("longest", Array(repeating: 0x61, count: 4_096) + [0x0D, 0x0A])
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory)/link", withDestinationPath: "good")
            for name in ["good", "newline", "crlf", "longest", "link"] {
                #expect(try resolve(name) == [], "\(name)")
            }
            try write("empty", [])
            try write("two", Array("key\nkey\n".utf8))
            try write("binary", [0xFF, 0xFE, 0x41])
            try write("bom", Array("\u{FEFF}key".utf8))
            try write("longer", Array(repeating: 0x61, count: 4_097))
            try write("longest-of-all", Array(repeating: 0x61, count: 5_000))
            try FileManager.default.createDirectory(
                atPath: "\(directory)/folder", withIntermediateDirectories: false)
            #expect(unsafe mkfifo("\(directory)/pipe", 0o600) == 0)
            let prefix = "credentials.api_key: file "
            #expect(try resolve("empty") == ["\(prefix)empty is empty"])
            #expect(try resolve("none") == ["\(prefix)none does not exist"])
            #expect(try resolve("folder") == ["\(prefix)folder is a directory"])
            #expect(try resolve("pipe") == ["\(prefix)pipe is a named pipe"])
            #expect(try resolve("/dev/zero") == ["\(prefix)/dev/zero is a device or socket"])
            #expect(
                try resolve("longest-of-all") == [
                    "\(prefix)longest-of-all is longer than 4096 bytes"
                ])
            for name in ["two", "binary", "bom", "longer"] {
                #expect(try resolve(name) == ["\(prefix)\(name) \(SecretResolverTests.odd)"])
            }
            #expect(
                try resolve("good/x").first?.hasPrefix("\(prefix)good/x cannot be read (open: ")
                    == true)
        }
    }
}
