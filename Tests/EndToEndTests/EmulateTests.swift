import JSONSyntax
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
}
