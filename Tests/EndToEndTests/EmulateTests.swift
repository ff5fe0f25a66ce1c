import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// `bankhook emulate` as a command; what it answers is tested with its target.
@Suite struct EmulateTests {
    @Test func `the ready file holds the base URL once it listens`() async throws {
        try await withTemporaryDirectory { directory in
            let file = "\(directory)/ready"
            try await EmulatorProcess.with(["--ready-file", file]) { emulator in
                let workspace = Workspace(directory: directory)
                // Its first line has been read, and comes after the file.
                let written = try workspace.read("ready")
                #expect(written == "\(emulator.baseURL)\n")
            }
        }
    }

    @Test func `a port in use ends it at once and says so`() async throws {
        try await EmulatorProcess.with { emulator in
            let port = emulator.baseURL.split(separator: ":").last.map(String.init) ?? ""
            try await Workspace.with { workspace in
                let second = try await workspace.run("emulate", "--port", port)
                #expect(second.status == 1)
                #expect(second.error.contains(port))
            }
        }
    }

    @Test func `accounts come from options and a file, and no key is printed`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("accounts", "file-key:file-hash\n")
            let path = workspace.path("accounts")
            let options = ["--account", "uat-key:uat-hash", "--accounts-file", path]
            let fleet = workspace
            try await EmulatorProcess.with(options) { emulator in
                var fleet = fleet
                try fleet.configure(
                    [.init(name: "uat"), .init(name: "other")], baseURL: emulator.baseURL)
                fleet.variables = [
                    "UAT_KEY": "file-key", "UAT_HASH": "file-hash", "OTHER_KEY": "nobody",
                    "OTHER_HASH": "nobody",
                ]
                let applied = try await fleet.apply()
                #expect(try applied.word("uat") == "applied")
                #expect(try applied.word("other") == "failed")
                let requests = "\(try await emulator.list("requests"))"
                #expect(!requests.contains("file-key"))
            }
        }
    }

    @Test func `an account that is none is refused without repeating it`() async throws {
        try await Workspace.with { workspace in
            let result = try await workspace.run("emulate", "--port", "0", "--account", "canary")
            #expect(result.status == 64)
            #expect(!result.error.contains("canary"))
        }
    }

    @Test func `faults that it is told to make reach an apply`() async throws {
        try await EmulatorProcess.with { emulator in
            try await emulator.put(
                "faults",
                """
                [{"path": "/bank-connect/v1/entity/update_webhook/", "times": 1,
                  "reset": "after"}]
                """)
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                let applied = try await workspace.apply()
                #expect(try applied.word("uat") == "applied")
                #expect(try applied.outcome("uat")["attempts"] == .integer(2))
                #expect(try await emulator.list("requests").count == 2)
            }
        }
    }

    @Test func `faults of the command line are met before any are put`() async throws {
        try await Workspace.with { workspace in
            let path = "/bank-connect/v1/entity/update_webhook/"
            try workspace.write("faults.json", #"[{"path":"\#(path)","times":1,"status":502}]"#)
            let options = [
                "--any-account", "--fault", "path=\(path),status=503",
                "--faults-file", workspace.path("faults.json"),
            ]
            let fleet = workspace
            try await EmulatorProcess.with(options) { emulator in
                var fleet = fleet
                try fleet.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                let applied = try await fleet.apply()
                #expect(try applied.word("uat") == "applied")
                let statuses = try await emulator.list("requests").map { $0["status"] }
                #expect(statuses == [.integer(503), .integer(502), .integer(200)])
            }
        }
    }

    @Test func `a file of faults that is none ends it and names the mistake`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("faults.json", #"[{"path":"/x","times":1}]"#)
            let result = try await workspace.run(
                "emulate", "--port", "0", "--faults-file", "faults.json")
            #expect(result.status == 1)
            #expect(result.error.contains("faults.json: faults[0]: it disturbs nothing"))
        }
    }

    @Test func `over TLS an apply trusts the certificate of its files and no other`() async throws {
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
                #expect(emulator.baseURL.hasPrefix("https://127.0.0.1:"))
                try fleet.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                #expect(try await fleet.apply().word("uat") == "failed")
                try fleet.configure(
                    [.init(name: "uat")], baseURL: emulator.baseURL, authorities: roots)
                #expect(try await fleet.apply().word("uat") == "applied")
            }
            let stranger = try TestCertificateAuthority(named: "another").issue()
            try workspace.write("key.pem", stranger.privateKeyPEM)
            let mixed = try await workspace.run(
                "emulate", "--port", "0", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
            #expect(mixed.status == 1)
            #expect(mixed.error.contains("key.pem is not the one"))
            let none = try await workspace.run(
                "emulate", "--port", "0", "--tls-cert", "key.pem", "--tls-key", "key.pem")
            #expect(none.status == 1)
            #expect(none.error.contains("key.pem is no readable PEM file of certificates"))
        }
    }

    @Test func `a certificate that it makes is trusted by its printed path`() async throws {
        try await Workspace.with { workspace in
            let ready = workspace.path("ready")
            workspace.variables["TMPDIR"] = workspace.directory
            let fleet = workspace
            let result = try await workspace.start(
                ["emulate", "--port", "0", "--any-account", "--tls", "--ready-file", ready]
            ) { running in
                while !fleet.exists("ready") { try await Task.sleep(for: .milliseconds(10)) }
                var fleet = fleet
                let url = try fleet.read("ready").trimmingCharacters(in: .newlines)
                let made = try FileManager.default.contentsOfDirectory(atPath: fleet.directory)
                    .filter { $0.hasPrefix("bankhook-emulator-") }
                let file = fleet.path("\(try #require(made.first))/ca.pem")
                try fleet.configure([.init(name: "uat")], baseURL: url, authorities: file)
                #expect(try await fleet.apply().word("uat") == "applied")
                let triggered = try await Bankhook.run(
                    ["trigger", "completed", "--mode", "manual", "--emulator", url],
                    in: fleet.directory, variables: ["SSL_CERT_FILE": file])
                #expect(triggered.status == 0, "\(triggered.error)")
                try running.send(signal: .terminate)
            }
            #expect(result.status == 0)
            let path = result.output.trimmingCharacters(in: .newlines)
            #expect(path.hasSuffix("/ca.pem"))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a host that others reach is warned of`() async throws {
        try await Workspace.with { workspace in
            let ready = workspace.path("ready")
            let fleet = workspace
            let result = try await workspace.start(
                ["emulate", "--host", "0.0.0.0", "--port", "0", "--quiet", "--ready-file", ready]
            ) { running in
                while !fleet.exists("ready") { try await Task.sleep(for: .milliseconds(10)) }
                #expect(try fleet.read("ready").hasPrefix("http://127.0.0.1:"))
                try running.send(signal: .terminate)
            }
            #expect(result.status == 0)
            #expect(result.error == "warning: --host 0.0.0.0 is reachable from other machines\n")
        }
    }
}
