import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What many tasks print at once.
@Suite struct WholeTextTests {
    @Test func `texts that many tasks print at once stay whole`() async throws {
        // Longer than what a pipe takes in one piece.
        let reason = String(repeating: "x", count: 20_000)
        let links = (0..<8).map { "L\($0)" }
        let lists = Script { request in
            let link = request.path.split(separator: "=").last ?? ""
            let payloads = (0..<10).map { number in
                """
                {"statement_id": "s\(number)", "entity_id": "e", "link_id": "\(link)", \
                "progress": "failed", "reason": "\(reason)", \
                "date_time": "2026-11-23 09:00:0\(number)"}
                """
            }
            return .respond(200, body: #"{"payloads": [\#(payloads.joined(separator: ", "))]}"#)
        }
        try await withHostileServer(script: lists) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let pipe = try SmallPipe()
                let result = try await Subprocess.run(
                    .path(Bankhook.path),
                    arguments: Arguments(
                        ["recover", "--environment", "uat", "--dry-run"]
                            + links.flatMap { ["--link-id", $0] }),
                    environment: Bankhook.environment(workspace.variables),
                    workingDirectory: FilePath(workspace.directory), input: .none,
                    output: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: true),
                    error: .discarded
                ) { _ in try await pipe.readAll() }
                #expect(result.terminationStatus == .exited(0))
                let output = result.closureResult
                let lines = output.split(separator: "\n").dropFirst(3).dropLast()
                #expect(lines.count == 160)
                let bodies = lines.filter { $0.hasPrefix("  {") && $0.hasSuffix("}") }
                #expect(bodies.count == 80)
                #expect(bodies.allSatisfy { $0.utf8.count { $0 == UInt8(ascii: "x") } == 20_000 })
            }
        }
    }
}
