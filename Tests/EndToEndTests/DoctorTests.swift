import BankhookModel
import BankhookState
import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// `bankhook doctor` beside the directory store. No name is looked up and no other machine called:
/// endpoints are on loopback, or addresses.
@Suite struct DoctorTests {
    static let endpoint = "http://127.0.0.1:1/hook"

    /// What a run found, by check.
    func findings(_ workspace: Workspace, _ more: String...) async throws -> Findings {
        Findings(
            try await Bankhook.run(
                ["doctor", "--format", "json"] + more, in: workspace.directory,
                variables: workspace.variables))
    }

    func withTrial(
        _ body:
            @Sendable @escaping (inout Workspace, GitRepository, EmulatorProcess) async throws ->
            Void
    ) async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables.merge(GitRepository.variables) { $1 }
                let repository = try await GitRepository(at: workspace.directory)
                try workspace.configure(
                    [.init(name: "uat", url: Self.endpoint)], baseURL: emulator.baseURL)
                try await body(&workspace, repository, emulator)
            }
        }
    }

    // MARK: Well

    @Test func `where all is well each check says so, and nothing is sent or changed`()
        async throws
    {
        try await withTrial { workspace, repository, emulator in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit("applied")
            let before = try FileManager.default.subpathsOfDirectory(
                atPath: workspace.path("bankhook.state"))
            let requests = try await emulator.list("requests").count

            let result = try await workspace.run("doctor")
            #expect(result.status == 0, "\(result.output)")
            #expect(result.error.isEmpty)
            let lines = result.output.split(separator: "\n").dropLast()
            #expect(lines.allSatisfy { $0.hasPrefix("ok  ") }, "\(result.output)")
            for words in [
                "configuration  bankhook.yaml: 1 environment", "2 variables are at hand",
                "bankhook.state: can be written", "1 record", "nobody holds it",
                "all of it is in this clone", "ok       clock          20", "called directly",
                "\(emulator.baseURL): accepts connections; no request was sent",
                "1 host is this machine", "open files",
            ] {
                #expect(result.output.contains(words), "\(words)")
            }
            #expect(result.output.hasSuffix("\nDoctor: \(lines.count) ok.\n"))

            #expect(try await emulator.list("requests").count == requests)
            let after = try FileManager.default.subpathsOfDirectory(
                atPath: workspace.path("bankhook.state"))
            #expect(before.sorted() == after.sorted())
            #expect(try await repository.git("status", "--porcelain").isEmpty)
        }
    }

    @Test func `before the first apply the directory is not made`() async throws {
        try await withTrial { workspace, _, _ in
            let found = try await findings(workspace)
            #expect(found.status == 0)
            #expect(try found.message("state").contains("can be made"))
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    // MARK: Unwell

    @Test func `a missing key is named, and no secret is shown in any format`() async throws {
        try await withTrial { workspace, _, _ in
            workspace.variables["UAT_HASH"] = ""
            workspace.variables["UAT_KEY"] = "canary key"
            for format in ["text", "json"] {
                let result = try await workspace.run("doctor", "--format", format)
                #expect(result.status == 1)
                #expect(result.output.contains("credentials.server_hash: env UAT_HASH is empty"))
                #expect(result.output.contains("credentials.api_key: env UAT_KEY holds"))
                #expect(!(result.output + result.error).contains("canary"))
            }
        }
    }

    @Test func `too few files are told, and nobody is called with them`() async throws {
        try await withTrial { workspace, _, _ in
            let result = try await Bankhook.run(
                after: "ulimit -n 16", ["doctor"], in: workspace.directory,
                variables: workspace.variables)
            #expect(result.status == 1)
            #expect(result.output.contains("error    open files     at most 16 files may be open"))
            #expect(result.output.contains("not checked: too few files"))
        }
    }

    @Test func `without a usable configuration the rest is looked at`() async throws {
        try await Workspace.with { workspace in
            let none = try await workspace.run("doctor")
            #expect(none.status == 1)
            #expect(none.output.contains("error    configuration  bankhook.yaml: there is no such"))
            #expect(none.output.contains("or begin one with bankhook init"))
            #expect(none.output.contains("credentials, state, lock"))
            #expect(none.output.contains("open files     enough"))
            try workspace.write("bankhook.yaml", "version: 2\nodd: 1\n")
            let broken = try await workspace.run("doctor", "--format", "json")
            #expect(broken.status == 1)
            #expect(broken.output.contains("configuration_invalid"))
            #expect(broken.output.contains("bankhook validate"))
        }
    }

    @Test func `a target narrows what is looked at, and one that matches nothing is an error`()
        async throws
    {
        try await withTrial { workspace, _, emulator in
            try workspace.configure(
                [
                    .init(name: "uat", url: Self.endpoint),
                    .init(name: "other", url: Self.endpoint),
                ], baseURL: emulator.baseURL)
            workspace.variables["OTHER_KEY"] = nil
            #expect(try await findings(workspace).status == 1)
            #expect(try await findings(workspace, "--target", "u*").status == 0)
            let unknown = try await workspace.run("doctor", "--target", "zzz")
            #expect(unknown.status == 1)
            #expect(unknown.error.contains("--target 'zzz' matches no environment"))
        }
    }

    // MARK: Hosts

    @Test func `a certificate that is not trusted is an error until its authority is named`()
        async throws
    {
        try await Workspace.with { workspace in
            let authority = try TestCertificateAuthority()
            let identity = try authority.issue()
            let roots = try authority.writeCAFile(to: workspace.directory)
            try workspace.write("cert.pem", identity.chainPEM)
            try workspace.write("key.pem", identity.privateKeyPEM)
            let options = [
                "--any-account", "--tls-cert", workspace.path("cert.pem"), "--tls-key",
                workspace.path("key.pem"),
            ]
            let fleet = workspace
            try await EmulatorProcess.with(options) { emulator in
                var fleet = fleet
                func configure(_ authorities: String?) throws {
                    try fleet.configure(
                        [.init(name: "uat", url: Self.endpoint)], baseURL: emulator.baseURL,
                        authorities: authorities)
                }
                try configure(nil)
                #expect(try await findings(fleet).codes("api") == ["tls_failed"])
                try configure("missing.pem")
                let missing = try await findings(fleet)
                #expect(try missing.codes("trust_roots").contains("ca_file"))
                #expect(try missing.codes("api") == ["not_checked"])
                try configure(roots)
                let trusted = try await findings(fleet)
                #expect(trusted.status == 0)
                // The test's certificate holds for a day.
                #expect(try trusted.codes("api") == ["certificate_ends"])
                #expect(try trusted.message("api").contains("TLS works"))
            }
        }
    }

    @Test func `through a proxy only a tunnel is made, and its password is never shown`()
        async throws
    {
        let host = "apis-uat.bankconnect.finbox.in"
        let authority = try TestCertificateAuthority(named: "bankhook tests")
        let tls = TLSSetup(identity: try authority.issue(host: host))
        try await withHostileServer(tls: tls, script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: "https://93.184.216.34/hook")],
                    baseURL: "https://\(host)",
                    authorities: try authority.writeCAFile(to: workspace.directory))
                try workspace.trustStrangers()
                let fleet = workspace
                try await withTunnelProxy(to: server.port) { proxy in
                    var fleet = fleet
                    fleet.variables["HTTPS_PROXY"] =
                        "http://user:canary-password@127.0.0.1:\(proxy.port)"
                    for format in ["text", "json"] {
                        let result = try await fleet.run("doctor", "--format", format)
                        #expect(result.status == 0, "\(result.output)")
                        #expect(result.output.contains("\(host) through 127.0.0.1:\(proxy.port)"))
                        #expect(result.output.contains("TLS works"))
                        #expect(!(result.output + result.error).contains("canary"))
                    }
                    #expect(proxy.tunnels.count == 2)
                    #expect(server.bytesReceived == 0)
                    fleet.variables["HTTPS_PROXY"] = "socks5://user:canary-password@127.0.0.1:1"
                    let refused = try await findings(fleet)
                    #expect(refused.status == 1)
                    #expect(try refused.codes("api") == ["not_checked"])
                    #expect(!refused.text.contains("canary"))
                }
            }
        }
    }

    @Test func `an API that nobody serves is an error with the next step`() async throws {
        try await withUnusedPort { port in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: Self.endpoint)],
                    baseURL: "http://127.0.0.1:\(port)")
                let found = try await findings(workspace)
                #expect(found.status == 1)
                #expect(try found.codes("api") == ["connection_refused"])
            }
        }
    }
}

extension DoctorTests {
    /// The JSON of a run.
    struct Findings {
        let status: Int
        let text: String
        private let result: Bankhook.Result

        init(_ result: Bankhook.Result) {
            self.result = result
            status = result.status
            text = result.output + result.error
        }

        private func all(_ check: String) throws -> [JSONValue] {
            guard case .array(let checks)? = try result.json["checks"] else {
                Issue.record("no checks: \(text)")
                return []
            }
            return checks.filter { $0["check"] == .string(check) }
        }

        /// The codes of a check's findings, without those that are ok.
        func codes(_ check: String) throws -> [String] {
            try all(check).compactMap {
                if case .string(let code)? = $0["code"] { code } else { nil }
            }
        }

        /// The messages of a check.
        func message(_ check: String) throws -> String {
            try all(check).compactMap {
                if case .string(let text)? = $0["message"] { text } else { nil }
            }.joined(separator: "\n")
        }
    }
}
