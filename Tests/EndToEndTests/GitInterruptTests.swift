import Foundation
import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Signals, and remotes that do not answer.
@Suite struct GitInterruptTests {
    @Test func `an interrupted apply records what was answered and takes the rest back`()
        async throws
    {
        let gate = Gate()
        let entries: [Workspace.Entry] = [.init(name: "uat"), .init(name: "zulu")]
        try await GitScene.withClone([.hold(until: gate, then: .respond(200))], entries) {
            scene, clone, server in
            let result = try await clone.interrupt(
                ["apply", "--auto-approve", "--format", "json", "--parallelism", "1"],
                by: [.interrupt], once: { _ = try await server.nextRequest() }
            ) {
                gate.open()
            }
            #expect(result.status == 130)
            let outcome = ApplyResult(result: result)
            #expect(try outcome.word("uat") == "applied")
            #expect(try outcome.word("zulu") == "skipped")
            let record = try await scene.record("uat")
            #expect(record?["pending"] == .null)
            let other = try await scene.record("zulu")
            #expect(other == nil)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `an interrupted apply whose answer does not come leaves doubt and no lock`()
        async throws
    {
        let never = Gate()
        try await GitScene.withClone([.hold(until: never, then: .respond(200))]) {
            scene, clone, server in
            let result = try await clone.interrupt(
                ["apply", "--auto-approve", "--format", "json"], by: [.interrupt],
                once: { _ = try await server.nextRequest() }, {})
            #expect(result.status == 130)
            #expect(try ApplyResult(result: result).word("uat") == "in_doubt")
            let pending = try await scene.record("uat")?["pending"]
            #expect(pending?["expires_at"] == .null)
        }
    }

    @Test func `a remote that hangs holds an interrupted apply up for seconds only`() async throws {
        try await GitScene.withClone { scene, clone, server in
            // The hook of the first push waits for ever, and says so.
            try scene.hook("pre-receive", "touch waiting; sleep 1000")
            let result = try await clone.interrupt(
                ["apply", "--auto-approve"], by: [.terminate],
                once: {
                    let mark = "\(scene.remote.path)/waiting"
                    while !FileManager.default.fileExists(atPath: mark) { await Task.yield() }
                }, {})
            #expect(result.status == 143)
            #expect(result.error.contains("git took too long"))
            #expect(result.error.contains("nothing was sent"))
            #expect(result.error.contains("bankhook state unlock --id "))
            #expect(server.requests.isEmpty)
        }
    }
}
