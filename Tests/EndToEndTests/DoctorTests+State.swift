import BankhookModel
import BankhookState
import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// What doctor finds of the records, and of git around them.
extension DoctorTests {
    @Test func `a state directory that takes no file is an error`() async throws {
        try await withTrial { workspace, _, emulator in
            try workspace.configure(
                [.init(name: "uat", url: Self.endpoint)], baseURL: emulator.baseURL,
                state: ["state: { directory: /proc/self/fd }"])
            let found = try await findings(workspace)
            #expect(found.status == 1)
            #expect(try found.codes("state").contains("state_unusable"))
        }
    }

    @Test func `a disk that takes no content is an error, and nothing is left on it`() async throws
    {
        try await withTrial { workspace, _, _ in
            #expect(try await workspace.apply().status == 0)
            let before = try FileManager.default.contentsOfDirectory(
                atPath: workspace.path("bankhook.state"))
            let result = try await Bankhook.run(
                after: "ulimit -f 0", ["doctor"], in: workspace.directory,
                variables: workspace.variables)
            #expect(result.status == 1)
            #expect(
                result.output.contains("error    state          bankhook.state: write: File too"))
            let after = try FileManager.default.contentsOfDirectory(
                atPath: workspace.path("bankhook.state"))
            #expect(before.sorted() == after.sorted())
        }
    }

    @Test func `damaged records are counted, and verify is named`() async throws {
        try await withTrial { workspace, _, _ in
            #expect(try await workspace.apply().status == 0)
            try workspace.write("bankhook.state/uat.json", "{")
            let result = try await workspace.run("doctor")
            #expect(result.status == 1)
            #expect(result.output.contains("1 file of the records cannot be used: uat"))
            #expect(result.output.contains("next: bankhook state verify"))
        }
    }

    @Test func `records that nobody committed, or that are gone, are warnings`() async throws {
        try await withTrial { workspace, repository, _ in
            try await repository.commit("configure")
            let empty = try await workspace.run("doctor")
            #expect(empty.output.contains("history        there is no record in HEAD, and no"))
            #expect(try await workspace.apply().status == 0)
            let fresh = try await workspace.run("doctor")
            #expect(fresh.output.contains("not committed as it stands here: uat"))
            try await repository.commit("record")
            let committed = try await workspace.run("doctor")
            #expect(!committed.output.contains("not committed"))
            try FileManager.default.removeItem(atPath: workspace.path("bankhook.state"))
            let gone = try await workspace.run("doctor")
            #expect(gone.status == 0)
            #expect(gone.output.contains("gone here, while HEAD has a record: uat"))
            // Nothing beside it may say that there never was one.
            #expect(!gone.output.contains("nothing is recorded"))
            #expect(gone.output.contains("ok       state          no record in this directory"))
            #expect(gone.output.contains("not checked: the records that HEAD has are gone here"))
            // That file and no other: one beside it may be newer than HEAD.
            #expect(gone.output.contains("next: git checkout HEAD -- bankhook.state/uat.json,"))
        }
    }

    @Test func `a git that does not tell of HEAD is told, whether or not the records are here`()
        async throws
    {
        try await withTrial { workspace, repository, _ in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit("record")
            try GitScene.program(
                workspace.path("bin/git"),
                "case \" $* \" in *\" ls-tree \"*) echo 'fatal: broken' >&2; exit 128;; esac\n"
                    + "exec /usr/bin/git \"$@\"")
            workspace.variables["PATH"] = "\(workspace.path("bin")):/usr/local/bin:/usr/bin:/bin"
            let words = "not checked: git does not tell which records HEAD has: fatal: broken"
            let here = try await findings(workspace)
            #expect(try here.message("state").contains(words))
            try FileManager.default.removeItem(atPath: workspace.path("bankhook.state"))
            let gone = try await findings(workspace)
            #expect(try gone.message("state").contains(words))
            #expect(
                try gone.message("history").contains("git does not tell whether HEAD has records"))
            #expect(!gone.text.contains("nothing is recorded"))
        }
    }

    @Test func `after an apply that was killed the doubt is a warning of its own`() async throws {
        let never = Gate()
        let script: Script = [.hold(until: never, then: .respond(200)), .respond(200)]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: Self.endpoint)], baseURL: server.baseURL)
                let killed = try await workspace.start(["apply", "--auto-approve"]) { running in
                    _ = try await server.nextRequest()
                    // While it runs nothing is in doubt yet.
                    #expect(try await findings(workspace).codes("state") == [])
                    try running.send(signal: .kill)
                }
                #expect(killed.status == 128 + 9)
                never.open()
                let found = try await findings(workspace)
                #expect(found.status == 0)
                #expect(try found.codes("state") == ["outcome_unknown"])
                #expect(try found.message("state").contains("is unknown: uat"))
                #expect(found.text.contains("bankhook apply sends it again, which is always safe"))
                #expect(try await workspace.apply().status == 0)
                #expect(try await findings(workspace).codes("state") == [])
            }
        }
    }

    @Test func `a shallow clone is a warning with the way out`() async throws {
        try await withTrial { workspace, repository, _ in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit("one")
            try await repository.commit("two")
            let path = workspace.path("clone")
            try await repository.git(
                "clone", "--quiet", "--depth", "1", "file://\(repository.path)", path)
            var clone = Workspace(directory: path)
            clone.variables = workspace.variables
            let result = try await clone.run("doctor")
            #expect(result.status == 0)
            #expect(result.output.contains("warning  history"))
            #expect(result.output.contains("fetch-depth: 0"))
        }
    }

    @Test func `an apply that runs is a warning with who it is, and is not disturbed`()
        async throws
    {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: Self.endpoint)], baseURL: server.baseURL)
                let applied = try await workspace.start(["apply", "--auto-approve"]) { running in
                    _ = try await server.nextRequest()
                    defer { gate.open() }
                    let found = try await findings(workspace)
                    #expect(found.status == 0)
                    #expect(try found.codes("lock") == ["being_applied"])
                    let process = running.processIdentifier.value
                    #expect(try found.message("lock").contains("pid \(process) since"))
                }
                #expect(applied.status == 0, "\(applied.error)")
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test func `a clock behind a record is an error that names both`() async throws {
        try await withTrial { workspace, _, _ in
            #expect(try await workspace.apply().status == 0)
            let name = try #require(EnvironmentName("uat"))
            let old = try RecordCodec.decode(
                Array(try workspace.read("bankhook.state/uat.json").utf8), as: name
            ).record
            let applied = try #require(old.applied)
            let future = Timestamp(
                secondsSinceEpoch: applied.appliedAt.secondsSinceEpoch + 86_400)
            let record = Record(
                environment: name, lineage: old.lineage, serial: old.serial,
                previous: old.previous,
                applied: Record.Applied(
                    registration: applied.registration, account: applied.account,
                    webhookSecrets: applied.webhookSecrets, appliedAt: future,
                    origin: applied.origin, revision: applied.revision, run: applied.run,
                    tool: applied.tool), pending: nil)
            try Data(RecordCodec.encode(record)).write(
                to: URL(filePath: workspace.path("bankhook.state/uat.json")))
            let found = try await findings(workspace)
            #expect(found.status == 1)
            #expect(try found.codes("clock") == ["clock_behind"])
            #expect(try found.message("clock").contains("\(future)"))
        }
    }
}
