import Foundation
import TestSupport
import Testing

/// `state migrate` between a directory and a branch.
@Suite struct GitMigrationTests {
    /// Two records in a directory, and an empty branch.
    private func withRecords(
        _ body: (GitScene, inout Workspace, HostileServer) async throws -> Void
    ) async throws {
        try await GitScene.with { scene, server in
            var clone = try await scene.clone("clone")
            let entries: [Workspace.Entry] = [.init(name: "uat"), .init(name: "zulu")]
            try clone.configure(entries, baseURL: scene.baseURL)
            #expect(try await clone.apply().status == 0)
            try scene.configure(&clone, entries)
            #expect(try await clone.run("state", "init").status == 0)
            try await body(scene, &clone, server)
        }
    }

    @Test func `records go to the branch and back, byte for byte`() async throws {
        try await withRecords { scene, clone, server in
            let there = try await clone.run(
                "state", "migrate", "--from", "directory", "--to", "git")
            #expect(there.status == 0, "\(there.error)")
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
            let back = try await clone.run(
                "state", "migrate", "--from", "git", "--to", "directory:copy")
            #expect(back.status == 0, "\(back.error)")
            for name in ["uat", "zulu"] {
                let source = try clone.read("bankhook.state/\(name).json")
                #expect(try clone.read("copy/\(name).json") == source)
                let pushed = try await scene.remote.git(
                    "show", "\(GitScene.branch):\(name).json")
                #expect(pushed + "\n" == source)
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a branch that is gone is named with its way out`() async throws {
        try await withRecords { scene, clone, _ in
            try await scene.remote.git("update-ref", "-d", "refs/heads/\(GitScene.branch)")
            let result = try await clone.run(
                "state", "migrate", "--from", "git", "--to", "directory:copy")
            #expect(result.status == 1)
            #expect(result.error.hasPrefix("error: there is no branch \(GitScene.branch)"))
            #expect(!result.error.contains("StateErrors"))
        }
    }

    @Test func `a destination that holds any record is refused, and stays as it is`()
        async throws
    {
        try await withRecords { scene, clone, _ in
            #expect(
                try await clone.run("state", "migrate", "--from", "directory", "--to", "git").status
                    == 0)
            let tip = try await scene.tip()
            let before = try clone.read("bankhook.state/uat.json")
            for arguments in [
                ["--from", "directory", "--to", "git"], ["--from", "git", "--to", "directory"],
            ] {
                let again = try await Bankhook.run(
                    ["state", "migrate"] + arguments, in: clone.directory,
                    variables: clone.variables)
                #expect(again.status == 1)
                #expect(again.error.contains("holds records already; nothing was copied"))
            }
            #expect(try await scene.tip() == tip)
            #expect(try clone.read("bankhook.state/uat.json") == before)
        }
    }

    @Test func `a place without records is no source, and is not made`() async throws {
        try await withRecords { scene, clone, _ in
            let misspelled = try await clone.run(
                "state", "migrate", "--from", "directory:bankhook.stat", "--to", "git")
            #expect(misspelled.status == 1)
            #expect(misspelled.error.contains("bankhook.stat holds no record; nothing was copied"))
            #expect(!FileManager.default.fileExists(atPath: clone.path("bankhook.stat")))
        }
    }

    @Test func `a directory that cannot be looked at is not taken for an empty one`() async throws {
        try await withRecords { _, clone, server in
            try clone.write("bankhook.state/Notes.json", "{}")
            let plan = try await clone.run("plan")
            #expect(plan.status == 1)
            #expect(plan.error.contains("whether bankhook.state does cannot be told"))
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a copy whose push is refused has copied nothing, and can be made again`()
        async throws
    {
        try await withRecords { scene, clone, _ in
            try scene.hook("pre-receive", "exit 1")
            let refused = try await clone.run(
                "state", "migrate", "--from", "directory", "--to", "git")
            #expect(refused.status == 1)
            #expect(try await scene.record("uat") == nil)
            try scene.hook("pre-receive", "exit 0")
            #expect(
                try await clone.run("state", "migrate", "--from", "directory", "--to", "git").status
                    == 0)
            #expect(try await scene.record("zulu") != nil)
        }
    }

    @Test func `a copy to a directory that was cut short is refused until it is cleared`()
        async throws
    {
        try await withRecords { _, clone, _ in
            #expect(
                try await clone.run("state", "migrate", "--from", "directory", "--to", "git").status
                    == 0)
            // One of two was written.
            try FileManager.default.createDirectory(
                atPath: clone.path("copy"), withIntermediateDirectories: true)
            try clone.write("copy/uat.json", try clone.read("bankhook.state/uat.json"))
            let arguments = ["state", "migrate", "--from", "git", "--to", "directory:copy"]
            let refused = try await Bankhook.run(
                arguments, in: clone.directory, variables: clone.variables)
            #expect(refused.status == 1)
            #expect(!clone.exists("copy/zulu.json"))
            try FileManager.default.removeItem(atPath: clone.path("copy/uat.json"))
            let whole = try await Bankhook.run(
                arguments, in: clone.directory, variables: clone.variables)
            #expect(whole.status == 0)
            #expect(clone.exists("copy/zulu.json"))
        }
    }

    @Test func `a record in the middle of an apply is not copied`() async throws {
        let gate = Gate()
        try await GitScene.withClone([.hold(until: gate, then: .respond(200))]) {
            _, clone, server in
            let fleet = clone
            _ = try await clone.start(["apply", "--auto-approve"]) { _ in
                _ = try await server.nextRequest()
                let copy = try await fleet.run(
                    "state", "migrate", "--from", "git", "--to", "directory")
                #expect(copy.status == 4)
                #expect(copy.error.contains("lock id "))
                #expect(!fleet.exists("bankhook.state/uat.json"))
                gate.open()
            }
        }
    }
}
