import Foundation
import TestSupport
import Testing

/// Colours, logs, progress and completions.
@Suite struct ConsoleTests {
    private static let green = "\u{1B}[32m+\u{1B}[0m \u{1B}[1muat\u{1B}[0m: register"

    @Test(arguments: [
        (["plan"], [:], true), (["plan"], ["NO_COLOR": "1"], false),
        (["plan"], ["NO_COLOR": ""], true), (["plan"], ["TERM": "dumb"], false),
        (["plan"], ["TERM": ""], false),
        (["plan", "--color", "never"], [:], false),
        (["plan", "--color", "always"], ["NO_COLOR": "1", "TERM": "dumb"], true),
        (["plan", "--color", "auto"], ["NO_COLOR": "1"], true),
    ])
    func `a terminal gets colours unless somebody objects`(
        arguments: [String], variables: [String: String], isColored: Bool
    ) async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            workspace.variables.merge(variables) { $1 }
            _ = try await workspace.startOnTerminal(arguments) { _, terminal in
                let shown = try await terminal.read(until: "0 unchanged.")
                #expect(shown.contains(ConsoleTests.green) == isColored)
                #expect(shown.contains("\u{1B}") == isColored)
            }
        }
    }

    @Test func `a pipe gets none, unless they are ordered`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("bankhook.yaml", "version: 1\nx: 1\n")
            let plain = try await workspace.run("validate")
            #expect(!plain.error.contains("\u{1B}"))
            let colored = try await workspace.run("validate", "--color", "always")
            #expect(colored.error.contains("\u{1B}[1;31merror:\u{1B}[0m \u{1B}[1munknown key"))
            #expect(colored.error.contains("\u{1B}[32m^\u{1B}[0m"))
            for code in ["\u{1B}[1;31m", "\u{1B}[32m", "\u{1B}[0m"] {
                #expect(colored.error.contains(code))
            }
            let failed = try await workspace.run("plan", "-c", "missing.yaml", "--color", "always")
            #expect(failed.error.contains("\u{1B}[1;31merror:\u{1B}[0m"))
        }
    }

    @Test func `what goes to a file or a log is text and nothing else`() async throws {
        try await withHostileServer(script: Script { _ in .respond(200) }) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    (0..<60).map { .init(name: "e\($0)") }, baseURL: server.baseURL)
                workspace.variables["TERM"] = "xterm-256color"
                for arguments in [
                    ["validate"], ["plan"], ["apply", "--auto-approve"], ["plan", "--all"],
                    ["state", "list"], ["state", "show", "e1"], ["state", "history"],
                    ["state", "verify", "--all"], ["config", "show"], ["explain", "refused"],
                    ["help", "apply"], ["apply", "--frobnicate"], ["plan", "-c", "missing.yaml"],
                ] {
                    let result = try await Bankhook.run(
                        arguments, in: workspace.directory, variables: workspace.variables)
                    let text = result.output + result.error
                    #expect(!text.isEmpty, "\(arguments)")
                    let isText = !text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\r" }
                    #expect(isText, "\(arguments): \(text)")
                }
            }
        }
    }

    @Test func `a log tells of requests and waits, and of nothing secret`() async throws {
        let script: Script = [
            .respond(503, headers: ["retry-after": "0"], body: "body-canary"), .respond(200),
        ]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                workspace.variables["TOKEN"] = "canary-token-0123456789"
                try workspace.configure(
                    [
                        .init(
                            name: "uat", url: "https://uat.lender.example/{token}?q=canary-query",
                            more: ["webhook_secrets:", "  token: { env: TOKEN }"])
                    ], baseURL: server.baseURL)
                let result = try await workspace.run(
                    "apply", "--auto-approve", "--quiet", "--log-level", "trace")
                #expect(result.status == 0)
                let lines = result.error.split(separator: "\n").filter { $0.contains(" debug: ") }
                #expect(lines.contains { $0.contains("configuration read environments=1") })
                #expect(lines.contains { $0.contains("records read count=0") })
                #expect(lines.contains { $0.contains("waiting before the next attempt") })
                let requests = lines.filter { $0.contains("request ended") }
                #expect(requests.count == 2, "\(result.error)")
                #expect(requests.first?.contains("environment=uat") == true)
                #expect(requests.first?.contains("result=503") == true)
                #expect(
                    requests.last?.contains(
                        "url=\(server.baseURL)/bank-connect/v1/entity/update_webhook/") == true)
                #expect(!result.error.contains("canary"))
            }
        }
    }

    @Test func `no log is the default`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            #expect(try await workspace.run("plan").error.isEmpty)
            #expect(try await workspace.run("plan", "--log-level", "info").error.isEmpty)
        }
    }

    // MARK: Progress

    @Test func `a terminal gets one line that counts, and a line per problem`() async throws {
        let script: Script = [.respond(200), .respond(400, body: "no"), .respond(200)]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    ["a", "b", "c"].map { .init(name: $0) }, baseURL: server.baseURL)
                let result = try await workspace.startOnTerminal([
                    "apply", "--auto-approve", "--parallelism", "1", "--color", "never",
                ]) { _, terminal in
                    let shown = try await terminal.read(until: "c.json")
                    let erase = "\r\u{1B}[K"
                    #expect(shown.contains("\(erase)0/3 applied\(erase)1/3 applied"))
                    #expect(shown.contains("\(erase)b: failed\r\n"))
                    #expect(shown.contains("\(erase)2/3 applied, 1 failed\(erase)  b: failed: "))
                    // What is to be done now stands last.
                    #expect(
                        shown.contains(
                            "Apply: 2 applied, 1 failed.\r\nstate files changed; commit them:"))
                    #expect(!shown.contains("a: applied"))
                }
                #expect(result.status == 3)
            }
        }
    }

    @Test func `a line that counts is cut where a narrow terminal ends`() async throws {
        let script = Script { _ in .respond(400, body: "no") }
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    (10..<22).map { .init(name: "e\($0)") }, baseURL: server.baseURL)
                _ = try await workspace.startOnTerminal(
                    ["apply", "--auto-approve", "--parallelism", "1"], columns: 20
                ) { _, terminal in
                    let shown = try await terminal.read(until: "12 failed")
                    let lines = shown.split(separator: "\r\u{1B}[K").dropFirst()
                        .filter { $0.contains("/12 applied") }
                    #expect(lines.contains("0/12 applied, 9 fa…"))
                    #expect(lines.allSatisfy { $0.count < 20 })
                }
            }
        }
    }

    @Test func `a mistake stays readable on a narrow terminal, and a pipe gets it unbroken`()
        async throws
    {
        try await Workspace.with { workspace in
            let url = "https://uat.lender.example/" + String(repeating: "a/", count: 30)
            try workspace.configure(
                [.init(name: "uat", url: url, mode: "manual")], baseURL: "http://127.0.0.1:1")
            let text = try workspace.read("bankhook.yaml")
            try workspace.write(
                "bankhook.yaml", text.replacing("webhook_url:", with: "webook_url:"))
            _ = try await workspace.startOnTerminal(
                ["validate", "--color", "never"], columns: 40
            ) { _, terminal in
                let shown = try await terminal.read(until: "2 errors")
                let lines = shown.split(separator: "\r\n")
                #expect(lines.allSatisfy { $0.count <= 40 }, "\(shown)")
                #expect(lines.contains("   10 |     webook_url: https://uat.le…"))
                #expect(lines.contains("      |     ^~~~~~~~~~"))
                #expect(lines.contains("   11 |     webhook_mode: manual"))
            }
            let piped = try await workspace.run("validate")
            #expect(piped.error.contains("unknown key 'webook_url'; did you mean 'webhook_url'?\n"))
            #expect(piped.error.contains("webook_url: \(url)\n"))
        }
    }

    @Test func `unusable arguments are an error like any other`() async throws {
        try await Workspace.with { workspace in
            let piped = try await workspace.run("frobnicate")
            #expect(piped.status == 64)
            #expect(piped.error.hasPrefix("error: Unexpected argument 'frobnicate'\n"))
            let result = try await workspace.startOnTerminal(["frobnicate"]) { _, terminal in
                try await terminal.read(until: "\u{1B}[1;31merror:\u{1B}[0m Unexpected argument")
            }
            #expect(result.status == 64)
        }
    }

    @Test func `a log of many environments is short`() async throws {
        let script = Script { request in
            request.body.contains("//account-7.")
                ? .respond(400, body: "no") : .respond(200)
        }
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    (0..<100).map { .init(name: "account-\($0)") }, baseURL: server.baseURL)
                let result = try await workspace.run(
                    "apply", "--auto-approve", "--format", "json")
                #expect(result.status == 3)
                let lines = result.error.split(separator: "\n").prefix {
                    $0 != "state files changed; commit them:"
                }
                #expect(lines.count == 11)
                #expect(lines.last == "99/100 applied, 1 failed")
                #expect(lines.contains("account-7: failed"))
                #expect(!result.error.contains("\r"))
            }
        }
    }

    @Test func `quiet leaves the progress out`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.run("apply", "--auto-approve", "--quiet")
                #expect(!result.error.contains("applied"))
                #expect(result.output.contains("Apply: 1 applied."))
            }
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a completion script knows the commands`(shell: String) async throws {
        try await Workspace.with { workspace in
            let result = try await workspace.run("completions", shell)
            #expect(result.status == 0)
            for word in ["validate", "out-markdown", "completions"] {
                #expect(result.output.contains(word))
            }
        }
    }
}
