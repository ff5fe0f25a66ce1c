import Foundation
import JSONSyntax
import TestSupport
import Testing

/// `state verify`, as a person and as a script.
@Suite struct VerifyTests {
    /// A workspace in a repository of its own, with one environment applied and committed.
    private func withCommitted(
        policy: [String] = [],
        _ body: @Sendable @escaping (inout Workspace, GitRepository) async throws -> Void
    ) async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables.merge(GitRepository.variables) { $1 }
                let repository = try await GitRepository(at: workspace.directory)
                try workspace.configure(
                    [.init(name: "uat")], baseURL: emulator.baseURL, policy: policy)
                #expect(try await workspace.apply().status == 0)
                try await repository.commit("applied")
                try await body(&workspace, repository)
            }
        }
    }

    @Test func `records that were committed after every apply are in order`() async throws {
        try await withCommitted { workspace, repository in
            #expect(try await workspace.apply("--reassert").status == 0)
            try await repository.commit("sent again")
            let result = try await workspace.run("state", "verify")
            #expect(result.status == 0)
            #expect(result.output == "1 record, no problem.\n")
            #expect(result.error.isEmpty)
            #expect(
                try await workspace.run("state", "verify", "--all").output
                    == "uat: ok, serial 2, 2 versions in history\n1 record, no problem.\n")
            let json = try await workspace.run("state", "verify", "--format", "json").json
            #expect(json["format_version"] == .integer(1))
            #expect(json["problems"] == .array([]))
            #expect(
                json["history"] == ["hint": .null, "message": .null, "status": "complete"])
            guard case .array(let records)? = json["records"] else {
                Issue.record("no records")
                return
            }
            #expect(records.first?["versions"] == .integer(2))
            #expect(records.first?["unknown_since"] == .null)
            #expect(records.first?["ok"] == .bool(true))
        }
    }

    @Test func `an apply whose record was not committed is a gap that names the next commit`()
        async throws
    {
        try await withCommitted { workspace, repository in
            #expect(try await workspace.apply("--reassert").status == 0)
            #expect(try await workspace.apply("--reassert").status == 0)
            let commit = try await repository.commit("late")
            let result = try await workspace.run("state", "verify")
            #expect(result.status == 1)
            #expect(
                result.output.hasPrefix(
                    "error: bankhook.state/uat.json: serial 3 follows a version that was never "
                        + "committed (commit \(commit))\n"))
            #expect(result.output.hasSuffix("\n1 record, 1 problem.\n"))
        }
    }

    @Test func `a rollback that was sent again is in order`() async throws {
        try await withCommitted { workspace, repository in
            #expect(try await workspace.apply("--reassert").status == 0)
            try await repository.commit("sent again")
            try await repository.git("revert", "--no-edit", "HEAD")
            #expect(try await workspace.run("state", "verify").status == 1)
            #expect(try await workspace.apply().status == 0)
            #expect(try await workspace.run("state", "verify").status == 0)
            try await repository.commit("sent after the rollback")
            let result = try await workspace.run("state", "verify", "--all")
            #expect(result.status == 0)
            #expect(result.output.contains("uat: ok, serial 3, 3 versions in history"))
        }
    }

    @Test func `damage names the commit that broke it, and every file that is wrong`() async throws
    {
        try await withCommitted { workspace, repository in
            let text = try workspace.read("bankhook.state/uat.json")
            try workspace.write(
                "bankhook.state/uat.json", text.replacing("\"serial\": 1", with: "\"serial\": 2"))
            let commit = try await repository.commit("edited")
            try workspace.write("bankhook.state/other.json", "")
            let result = try await workspace.run("state", "verify", "--format", "json")
            #expect(result.status == 1)
            guard case .array(let problems)? = try result.json["problems"] else {
                Issue.record("no problems")
                return
            }
            #expect(problems.count == 2)
            #expect(problems.map { $0["code"] } == ["state_damaged", "state_damaged"])
            #expect(problems.map { $0["commit"] } == [.null, .string(commit)])
            #expect(problems.map { $0["environment"] } == ["other", "uat"])
            #expect(
                problems.map { $0["file"] }
                    == ["bankhook.state/other.json", "bankhook.state/uat.json"])
            try workspace.write("bankhook.state/uat.json", text)
            try FileManager.default.removeItem(atPath: workspace.path("bankhook.state/other.json"))
            try await repository.commit("restored")
            let restored = try await workspace.run("state", "verify")
            #expect(restored.status == 1)
            #expect(restored.output.contains("somebody edited it (commit \(commit))"))
        }
    }

    @Test func `what could not be looked at is said, and an error where the policy requires it`()
        async throws
    {
        for (policy, status) in [([], 0), (["history: require"], 1)] {
            try await withCommitted(policy: policy) { workspace, _ in
                let path = workspace.variables["PATH"]
                workspace.variables["PATH"] = "/nonexistent"
                let result = try await workspace.run("state", "verify")
                #expect(result.status == status)
                #expect(result.output.contains("there is no git program on the PATH"))
                #expect(result.output.contains("(history not checked).\n"))
                workspace.variables["PATH"] = path
                try FileManager.default.removeItem(atPath: workspace.path(".git"))
                let outside = try await workspace.run("state", "verify", "--format", "json")
                #expect(outside.status == status)
                #expect(try outside.json["history"]?["status"] == "none")
                #expect(outside.output.contains("history_incomplete") == (status == 1))
            }
        }
    }

    @Test func `an unknown outcome is named and is no damage`() async throws {
        try await withHostileServer(script: [.respond(418), .respond(303)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                #expect(try await workspace.apply().status == 3)
                #expect(try await workspace.apply().status == 3)
                let before = try workspace.read("bankhook.state/uat.json")
                let result = try await workspace.run("state", "verify")
                #expect(result.status == 0)
                #expect(result.output.contains("uat: ok, serial 0, outcome unknown since"))
                #expect(try workspace.read("bankhook.state/uat.json") == before)
            }
        }
    }

    @Test func `a file that is no record is not counted as one`() async throws {
        try await withCommitted { workspace, _ in
            try workspace.write("bankhook.state/production.json", "<<<<<<< HEAD\n")
            let result = try await workspace.run("state", "verify")
            #expect(result.status == 1)
            #expect(
                result.output.contains("git checkout --theirs -- bankhook.state/production.json"))
            #expect(result.output.hasSuffix("\n1 record read, 1 problem.\n"))
        }
    }

    @Test func `nothing recorded is nothing wrong`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let result = try await workspace.run("state", "verify")
            #expect(result.status == 0)
            #expect(result.output.hasSuffix("0 records, no problem (history not checked).\n"))
            #expect(!workspace.exists("bankhook.state"))
        }
    }
}
