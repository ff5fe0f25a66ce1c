import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What many tasks print at once.
@Suite struct WholeTextTests {
    @Test func `texts that many tasks print at once stay whole`() async throws {
        // Twice in a line: more bytes than a pipe takes in one piece, and no more than is shown of one.
        let id = String(repeating: "𝒳", count: 510)
        let links = (0..<8).map { "L\($0)" }
        let lists = Script { request in
            guard request.method == "GET" else { return .respond(200) }
            let link = request.path.split(separator: "=").last ?? ""
            let payloads = (0..<10).map { number in
                """
                {"statement_id": "\(id)", "entity_id": "\(id)", "link_id": "\(link)", \
                "progress": "failed", "reason": "\(number)", \
                "date_time": "2026-11-23 09:00:0\(number)"}
                """
            }
            return .respond(200, body: #"{"payloads": [\#(payloads.joined(separator: ", "))]}"#)
        }
        try await withHostileServer(script: lists) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: "\(server.baseURL)/hook")], baseURL: server.baseURL)
                let pipe = try SmallPipe()
                let result = try await Subprocess.run(
                    .path(Bankhook.path),
                    arguments: Arguments(
                        ["recover", "--environment", "uat"]
                            + links.flatMap { ["--link-id", $0] }),
                    environment: Bankhook.environment(workspace.variables),
                    workingDirectory: FilePath(workspace.directory), input: .none,
                    output: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: true),
                    error: .discarded
                ) { _ in try await pipe.readAll() }
                #expect(result.terminationStatus == .exited(0))
                let output = result.closureResult
                let lines = output.split(separator: "\n").dropLast()
                #expect(lines.count == 80)
                #expect(lines.allSatisfy { $0.hasPrefix("delivered  2026-11-23 ") })
                #expect(lines.allSatisfy { $0.unicodeScalars.count { $0 == "𝒳" } == 1_020 })
            }
        }
    }
}
