import JSONSyntax
import TestSupport
import Testing

/// `bankhook trigger` at the built emulator, with registrations that an apply made.
@Suite struct TriggerTests {
    /// Registers each name with a mode at an emulator, with the endpoint's URL.
    private static func register(
        _ modes: [String: String], at emulator: EmulatorProcess, _ url: String,
        more: [String] = [], _ body: (Workspace) async throws -> Void
    ) async throws {
        try await Workspace.with { workspace in
            try workspace.configure(
                modes.keys.sorted().map {
                    .init(name: $0, url: url, mode: modes[$0] ?? "", more: more)
                }, baseURL: emulator.baseURL)
            let applied = try await workspace.apply()
            #expect(applied.result.status == 0, "\(applied.result.error)")
            try await body(workspace)
        }
    }

    private static func trigger(
        _ workspace: Workspace, _ emulator: EmulatorProcess, _ arguments: String...
    ) async throws -> Bankhook.Result {
        try await Bankhook.run(
            ["trigger"] + arguments + ["--emulator", emulator.baseURL], in: workspace.directory,
            variables: [:])
    }

    @Test func `a manual upload arrives in mode 1, and does not in mode 0`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let url = "\(server.baseURL)/hook/0123456789abcdef"
            try await EmulatorProcess.with { emulator in
                try await TriggerTests.register(
                    ["uat": "net_banking_and_manual"], at: emulator, url
                ) { workspace in
                    let due = try await TriggerTests.trigger(
                        workspace, emulator, "completed", "--mode", "manual", "--link-id", "L")
                    #expect(due.status == 0)
                    #expect(due.output.contains("accepted by \(server.baseURL) with 200"))
                    #expect(!due.output.contains("0123456789abcdef"))
                    #expect(server.requests.count == 1)
                }
                try await TriggerTests.register(["uat": "net_banking"], at: emulator, url) {
                    workspace in
                    let due = try await TriggerTests.trigger(
                        workspace, emulator, "completed", "--mode", "manual")
                    #expect(due.status == 0)
                    #expect(due.output.contains("not due: webhook_mode 0"))
                    #expect(server.requests.count == 1)
                    let failed = try await TriggerTests.trigger(
                        workspace, emulator, "failed", "--mode", "net-banking", "--reason", "R")
                    #expect(failed.status == 0)
                    #expect(server.requests.last?.body.contains(#""reason":"R""#) == true)
                }
            }
        }
    }

    @Test func `a webhook that nobody takes is told, and the extraction happened`() async throws {
        try await EmulatorProcess.with { emulator in
            try await TriggerTests.register(
                ["uat": "net_banking"], at: emulator, "http://127.0.0.1:1/hook"
            ) { workspace in
                let result = try await TriggerTests.trigger(
                    workspace, emulator, "completed", "--mode", "net-banking")
                #expect(result.status == 0)
                #expect(result.output.contains("could not be delivered"))
                let data = try await TriggerTests.trigger(
                    workspace, emulator, "failed", "--mode", "net-banking", "--format", "json")
                let json = try data.json
                #expect(json["webhook"] == "failed")
                #expect(json["statement_id"] == "")
                #expect(json["status"] == .null)
                #expect(json["webhook_origin"] == "http://127.0.0.1:1")
            }
        }
    }

    @Test func `several accounts are named, and one of them can be chosen`() async throws {
        try await EmulatorProcess.with { emulator in
            try await TriggerTests.register(
                ["a": "net_banking", "b": "net_banking"], at: emulator, "http://127.0.0.1:1/hook"
            ) { workspace in
                let result = try await TriggerTests.trigger(
                    workspace, emulator, "completed", "--mode", "manual")
                #expect(result.status == 1)
                #expect(result.output.isEmpty)
                let names = try await emulator.list("registrations").compactMap { each in
                    if case .string(let name) = each["account"] { name } else { nil }
                }
                #expect(names.count == 2)
                for name in names {
                    #expect(result.error.contains(name))
                    let chosen = try await TriggerTests.trigger(
                        workspace, emulator, "completed", "--mode", "manual", "--account", name)
                    #expect(chosen.status == 0)
                }
                let nobody = try await TriggerTests.trigger(
                    workspace, emulator, "completed", "--mode", "manual", "--account", "x\u{1B}[2J")
                #expect(nobody.status == 1)
                #expect(!nobody.error.contains("\u{1B}"))
                #expect(nobody.error.contains("the emulator has no account x"))
                for name in names {
                    #expect(nobody.error.contains("\(name) (http://127.0.0.1:1/hook)"))
                }
            }
        }
    }

    @Test func `the Session flow is refused with the reason`() async throws {
        try await EmulatorProcess.with { emulator in
            try await TriggerTests.register(
                ["uat": "net_banking"], at: emulator, "http://127.0.0.1:1/hook",
                more: ["flow: session"]
            ) { workspace in
                let result = try await TriggerTests.trigger(
                    workspace, emulator, "completed", "--mode", "manual")
                #expect(result.status == 1)
                #expect(result.error.contains("vendor documents no such"))
                #expect(try await emulator.list("deliveries").isEmpty)
            }
        }
    }

    @Test func `nothing registered, nobody there and somebody else there are told apart`()
        async throws
    {
        try await EmulatorProcess.with { emulator in
            try await withHostileServer(script: [.respond(200)]) { server in
                try await Workspace.with { workspace in
                    let empty = try await TriggerTests.trigger(
                        workspace, emulator, "completed", "--mode", "manual")
                    #expect(empty.status == 1)
                    #expect(empty.error.contains("--account"))
                    let stranger = try await workspace.run(
                        "trigger", "completed", "--mode", "manual", "--emulator", server.baseURL)
                    #expect(stranger.status == 1)
                    #expect(stranger.error.contains("is no emulator"))
                    let nobody = try await workspace.run(
                        "trigger", "completed", "--mode", "manual", "--emulator",
                        "http://127.0.0.1:1")
                    #expect(nobody.status == 1)
                    #expect(nobody.error.contains("bankhook emulate"))
                }
            }
        }
    }
}
