import TestSupport
import Testing

/// The built binary where few files may be open.
@Suite struct OpenFilesTests {
    @Test func `too few files that may be open are told before anything is sent`() async throws {
        try await withFleet(1) { server, workspace in
            let result = try await apply(workspace, after: "ulimit -n 16")
            #expect(result.status == 1)
            #expect(result.error.contains("at most 16 files may be open"))
            #expect(result.error.contains("ulimit -n "))
            #expect(!workspace.exists("bankhook.state"))
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `a low limit that may be raised is raised`() async throws {
        try await withFleet(1) { server, workspace in
            let result = try await apply(workspace, after: "ulimit -S -n 16")
            #expect(result.status == 0)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `the limit that is asked for is enough`() async throws {
        try await withFleet(80) { server, workspace in
            let refused = try await apply(workspace, after: "ulimit -n 16")
            let needed = try #require(refused.error.firstMatch(of: /needs ([0-9]+)/)?.1)
            let result = try await apply(workspace, after: "ulimit -n \(needed)")
            #expect(result.status == 0)
            #expect(server.requests.count == 80)
        }
    }

    private func apply(_ workspace: Workspace, after line: String) async throws -> Bankhook.Result {
        try await Bankhook.run(
            after: line, ["apply", "--auto-approve", "--parallelism", "40"],
            in: workspace.directory, variables: workspace.variables)
    }

    private func withFleet(
        _ count: Int, _ body: (HostileServer, Workspace) async throws -> Void
    ) async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    (0..<count).map { .init(name: "e\($0)") }, baseURL: server.baseURL)
                try await body(server, workspace)
            }
        }
    }
}
