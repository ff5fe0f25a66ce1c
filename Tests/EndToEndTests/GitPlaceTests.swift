import Foundation
import JSONSyntax
import TestSupport
import Testing

/// The git store in every kind of repository that a configuration may stand in.
@Suite struct GitPlaceTests {
    enum Place: String, CaseIterable, CustomTestStringConvertible, Sendable {
        case shallow = "a shallow clone"
        case partial = "a partial clone"
        case worktree = "a linked worktree"
        case detached = "a detached checkout"
        case mirror = "a mirror"
        case bare = "a bare repository that holds the configuration"
        case subfolder = "a folder of the work tree"
        case url = "a remote that is a URL"
        case path = "a remote that is a path"
        case unrelated = "a repository that is no clone of the remote"
        case logged = "a clone that logs every ref"

        var testDescription: String { rawValue }
    }

    @Test(arguments: Place.allCases)
    func `plan and apply work wherever the configuration stands`(place: Place) async throws {
        try await GitScene.with { scene, server in
            try await scene.remote.git("config", "uploadpack.allowFilter", "true")
            // A branch that is older than the clone: with records, and more than one commit.
            let elder = try await scene.clone("elder")
            #expect(try await elder.run("state", "init").status == 0)
            #expect(try await elder.apply().status == 0)

            let clone = try await GitPlaceTests.make(place, scene)
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.error)")
            let applied = try await clone.apply("--reassert")
            #expect(applied.status == 0, "\(applied.result.error)")
            #expect(try await clone.apply("--reassert").status == 0)
            #expect(try await elder.run("plan", "--detailed-exitcode").status == 0)
            #expect(try await scene.record("uat")?["serial"] == .integer(3))
            #expect(server.requests.count == 3)
        }
    }

    private static func make(_ place: Place, _ scene: GitScene) async throws -> Workspace {
        let remote = scene.remote.path
        switch place {
        case .shallow:
            return try await scene.clone("clone", options: ["--depth=1"])
        case .partial:
            return try await scene.clone("clone", options: ["--filter=blob:none"])
        case .worktree:
            let main = try await scene.clone("main")
            try await GitRepository(existing: main.directory)
                .git("worktree", "add", "--quiet", "../linked", "-b", "topic")
            return try scene.workspace(in: "linked")
        case .detached:
            let clone = try await scene.clone("clone")
            try await GitRepository(existing: clone.directory)
                .git("checkout", "--quiet", "--detach")
            return clone
        case .mirror: return try await scene.clone("clone", options: ["--mirror"])
        case .bare: return try await scene.clone("clone", options: ["--bare"])
        case .subfolder:
            let clone = try await scene.clone("clone")
            try FileManager.default.createDirectory(
                atPath: clone.path("deep/er"), withIntermediateDirectories: true)
            return try scene.workspace(in: "clone/deep/er")
        case .url: return try await scene.clone("clone", remote: "file://\(remote)")
        case .path: return try await scene.clone("clone", remote: remote)
        case .unrelated:
            let path = "\(scene.folder)/other"
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            _ = try await GitRepository(at: path)
            return try scene.workspace(in: "other", remote: remote)
        case .logged:
            let clone = try await scene.clone("clone")
            try await GitRepository(existing: clone.directory)
                .git("config", "core.logAllRefUpdates", "always")
            return clone
        }
    }

    @Test func `a shallow clone whose history was cut above what it saw is not called rewritten`()
        async throws
    {
        try await GitScene.withClone { scene, elder, _ in
            let clone = try await scene.clone("shallow", options: ["--depth=1"])
            #expect(try await clone.apply().status == 0)
            #expect(try await elder.apply("--reassert").status == 0)
            let repository = GitRepository(existing: clone.directory)
            try await repository.git(
                "fetch", "--quiet", "--depth=1", "origin", GitScene.branch)
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.error)")
            // What lies beside the branch stays shallow.
            #expect(try await repository.git("rev-list", "--count", "main") == "1")

            let begun = try await scene.remote.git("rev-parse", "\(GitScene.branch)~2")
            try await scene.remote.git("update-ref", "refs/heads/\(GitScene.branch)", begun)
            let rewritten = try await clone.run("plan")
            #expect(rewritten.status == 1)
            #expect(rewritten.error.contains("was rewritten"))
        }
    }

    @Test func `a fetch that another one holds up in a shallow clone is made again`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            // What git says then, three times, and what it says where it comes too late.
            try GitScene.program(
                "\(scene.folder)/bin/git",
                """
                PATH=\(GitRepository.variables["PATH"] ?? "")
                case "$*" in *" fetch "*)
                    echo >>\(scene.folder)/fetches
                    case $(wc -l <\(scene.folder)/fetches) in
                    [1-3]) words="Unable to create '/clone/.git/shallow.lock': File exists." ;;
                    4) words="shallow file has changed since we read it" ;;
                    esac
                    [ -z "$words" ] || { echo "fatal: $words" >&2; exit 128; } ;;
                esac
                exec git "$@"
                """)
            clone.variables["PATH"] = "\(scene.folder)/bin:/usr/local/bin:/usr/bin:/bin"
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2, "\(plan.error)")
        }
    }

    @Test func `records may stand in a folder of the branch`() async throws {
        try await GitScene.withClone(more: ", path: ./teams/cards/") { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            #expect(try await scene.record("uat", in: "teams/cards/")?["serial"] == .integer(1))
            #expect(try await scene.record("uat") == nil)
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
            // Another team of the same branch has records of its own.
            var loans = clone
            try scene.configure(&loans, [.init(name: "uat")], more: ", path: teams/loans")
            #expect(try await loans.run("plan", "--detailed-exitcode").status == 2)
        }
    }

    @Test func `a remote without any commit gets its branch`() async throws {
        try await Workspace.with { workspace in
            try FileManager.default.createDirectory(
                atPath: workspace.path("empty.git"), withIntermediateDirectories: true)
            let remote = try await GitRepository(at: workspace.path("empty.git"), "--bare")
            let scene = GitScene(
                folder: workspace.directory, remote: remote, baseURL: "http://127.0.0.1:1")
            let clone = try await scene.clone("clone")
            #expect(try await clone.run("state", "init").output.contains("made branch"))
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 2)
            #expect(
                try await scene.subjects() == ["bankhook: begin the state branch [skip ci]"])
        }
    }

    @Test func `outside of any repository it says where to run`() async throws {
        try await GitScene.with { scene, _ in
            try FileManager.default.createDirectory(
                atPath: "\(scene.folder)/nowhere", withIntermediateDirectories: true)
            let nowhere = try scene.workspace(in: "nowhere", remote: scene.remote.path)
            let plan = try await nowhere.run("plan")
            #expect(plan.status == 1)
            #expect(plan.error.contains("is in no git repository"))
            #expect(plan.error.contains("run bankhook in a clone"))
        }
    }
}
