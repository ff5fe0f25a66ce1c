import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The question before an apply.
@Suite struct ApprovalTests {
    @Test(arguments: [("yes", 0, 1), ("y", 1, 0), ("no", 1, 0), ("", 1, 0), ("YES", 1, 0)])
    func `only yes counts`(reply: String, status: Int, requests: Int) async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.startOnTerminal(["apply"]) { _, terminal in
                    try await terminal.read(until: "Only 'yes' is accepted")
                    try terminal.type(reply)
                    try await terminal.read(until: "1 applied", "nothing was sent")
                }
                #expect(result.status == status)
                #expect(server.requests.count == requests)
            }
        }
    }

    @Test func `with nothing to send there is no question`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                #expect(try await workspace.apply().status == 0)
                let result = try await workspace.startOnTerminal(["apply"]) { _, terminal in
                    try await terminal.read(until: "Apply: 1 unchanged")
                }
                #expect(result.status == 0)
            }
        }
    }

    @Test func `end of input is no answer`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.startOnTerminal(["apply"]) { _, terminal in
                    try await terminal.read(until: "Only 'yes' is accepted")
                    try terminal.type("\u{04}")
                    try await terminal.read(until: "1 applied", "nothing was sent")
                }
                #expect(result.status == 1)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `the question stands on standard error`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let terminal = try Terminal()
                try terminal.type("yes")
                let result = try await Subprocess.run(
                    .path(Bankhook.path), arguments: ["apply"],
                    environment: Bankhook.environment(workspace.variables),
                    workingDirectory: FilePath(workspace.directory),
                    input: .fileDescriptor(terminal.program, closeAfterSpawningProcess: false),
                    output: .string(limit: 1 << 20),
                    error: .fileDescriptor(terminal.program, closeAfterSpawningProcess: false)
                )
                #expect(Bankhook.status(result.terminationStatus) == 0)
                let output = result.standardOutput
                #expect(output.contains("Plan: 1 to register"))
                #expect(output.contains("Apply: 1 applied."))
                #expect(!output.contains("yes"))
            }
        }
    }

    @Test func `where nobody is asked approval is an argument, whatever the plan holds`()
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let asData = try await workspace.startOnTerminal(["apply", "--format", "json"]) {
                    _, terminal in
                    try await terminal.read(until: "approval_needed", "Only 'yes' is accepted")
                    try terminal.type("no")
                }
                #expect(asData.status == 64)
                #expect(!workspace.exists("bankhook.state"))
                #expect(try await workspace.apply().status == 0)
                let nothingToSend = try await workspace.run("apply")
                #expect(nothingToSend.status == 64)
                #expect(nothingToSend.error.contains("--auto-approve"))
                #expect(nothingToSend.output.isEmpty)
            }
        }
    }
}
