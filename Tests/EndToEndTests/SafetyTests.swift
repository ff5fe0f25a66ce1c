import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// What stands between a configuration and the API.
@Suite struct SafetyTests {
    @Test func `one refusal refuses the whole run, and every allowance is named at once`()
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "a"), .init(name: "b")], baseURL: server.baseURL)
                #expect(try await workspace.apply().status == 0)
                try workspace.configure(
                    [
                        .init(
                            name: "a", url: "https://new.lender.example/",
                            more: ["protected: true"]),
                        .init(name: "b", mode: "net_banking"), .init(name: "c"),
                    ], baseURL: server.baseURL, policy: ["max_changes: 2"])
                let plan = try await workspace.run("plan")
                #expect(plan.status == 0)
                #expect(
                    plan.output.contains(
                        "Apply will need --allow max-changes,mode-downgrade,protected:"))
                for allowed in ["protected", "mode-downgrade,protected"] {
                    let refused = try await workspace.apply("--allow", allowed)
                    #expect(refused.status == 5)
                    #expect(
                        refused.result.error.contains(
                            "nothing was sent; to go on all the same: --allow "))
                    #expect(try refused.word("c") == "skipped")
                }
                // First what to do instead.
                let lines = try await workspace.run("apply", "--auto-approve").error
                    .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                #expect(
                    lines.suffix(4) == [
                        "what is protected changes on purpose only: look at the plan again, or leave "
                            + "it out with --target",
                        "to keep them, write webhook_mode: net_banking_and_manual again",
                        "look for a mistake in defaults, or apply in parts with --target",
                        "nothing was sent; to go on all the same: --allow "
                            + "max-changes,mode-downgrade,protected",
                    ])
                // Once, as errors: not in the plan that it shows too.
                let text = try await workspace.run("apply", "--auto-approve")
                #expect(text.status == 5 && text.output.contains("Plan: 1 to register"))
                #expect(!text.output.contains("Apply will need"))
                let refused = try await workspace.apply()
                #expect(
                    refused.result.error.contains("--allow max-changes,mode-downgrade,protected\n"))
                #expect(server.requests.count == 2)
                #expect(!workspace.exists("bankhook.state/c.json"))
                let applied = try await workspace.apply(
                    "--allow", "protected,max-changes", "--allow", "mode-downgrade")
                #expect(applied.status == 0)
                #expect(server.requests.count == 5)
            }
        }
    }

    @Test func `targets narrow what is planned, and not what is checked`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure(
                [.init(name: "a"), .init(name: "b"), .init(name: "c")],
                baseURL: "http://127.0.0.1:1")
            workspace.variables["C_KEY"] = Workspace.key(of: "b")
            workspace.variables["C_HASH"] = Workspace.hash(of: "b")
            for command in [["plan"], ["apply", "--auto-approve"]] {
                let result = try await Bankhook.run(
                    command + ["--target", "a"], in: workspace.directory,
                    variables: workspace.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("'c' and 'b' are one BankConnect account"))
            }
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    @Test func `no core file can hold a key`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                _ = try await workspace.startOnTerminal(["apply"]) { running, terminal in
                    try await terminal.read(until: "Only 'yes' is accepted")
                    #if os(Linux)
                        let pid = running.processIdentifier.value
                        let limits = try String(
                            contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8)
                        let line = limits.split(separator: "\n").first { $0.contains("core file") }
                        let words = line?.split(separator: " ").filter { $0 == "0" }
                        #expect(words?.count == 2)
                    #endif
                    try terminal.type("no")
                    try await terminal.read(until: "nothing was sent")
                }
            }
        }
    }
}
