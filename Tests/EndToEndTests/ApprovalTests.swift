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
}
