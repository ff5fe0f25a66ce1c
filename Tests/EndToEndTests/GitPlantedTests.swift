import Foundation
import TestSupport
import Testing

/// Variables, hooks and settings that would lead git astray do nothing to the state branch.
@Suite struct GitPlantedTests {
    @Test func `planted variables lead git nowhere else`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            let other = "\(scene.folder)/other"
            try FileManager.default.createDirectory(
                atPath: other, withIntermediateDirectories: true)
            let planted = try await GitRepository(at: other)
            try await planted.commit("theirs")
            let before = try await planted.git("for-each-ref")
            clone.variables.merge([
                "GIT_DIR": "\(other)/.git", "GIT_WORK_TREE": other,
                "GIT_COMMON_DIR": "\(other)/.git", "GIT_NAMESPACE": "elsewhere",
                "GIT_INDEX_FILE": "\(scene.folder)/index",
                "GIT_OBJECT_DIRECTORY": "\(scene.folder)/objects",
                "GIT_TRACE": "\(scene.folder)/trace", "GIT_TRACE2": "\(scene.folder)/trace",
                "GIT_AUTHOR_NAME": "Mallory", "GIT_COMMITTER_DATE": "1970-01-01T00:00:00Z",
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "remote.origin.url",
                "GIT_CONFIG_VALUE_0": other,
                "GIT_CONFIG_PARAMETERS": "'remote.origin.url'='\(other)'",
                "GIT_CONFIG_GLOBAL": "\(scene.folder)/config", "GIT_CEILING_DIRECTORIES": "/",
                "GIT_EXTERNAL_DIFF": "false", "GIT_EXEC_PATH": "\(scene.folder)/exec",
            ]) { $1 }
            #expect(try await clone.apply().status == 0)
            #expect(try await scene.subjects() == GitScene.pendingThenApplied)
            #expect(try await planted.git("for-each-ref") == before)
            for name in ["index", "objects", "trace"] {
                #expect(!FileManager.default.fileExists(atPath: "\(scene.folder)/\(name)"))
            }
            let author = try await scene.remote.git(
                "log", "-1", "--format=%an %cn %cd", GitScene.branch)
            #expect(!author.contains("Mallory") && !author.contains("1970"))
        }
    }

    @Test func `hooks, monitors and signatures of the repository do nothing`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            let ran = "\(scene.folder)/ran"
            let script = "echo \"$0\" >>\(ran); exit 1"
            let hooks = ["pre-push", "reference-transaction", "post-commit", "pre-auto-gc"]
            for hook in hooks {
                try GitScene.program(clone.path(".git/hooks/\(hook)"), script)
                try GitScene.program("\(scene.folder)/hooks/\(hook)", script)
            }
            try GitScene.program("\(scene.folder)/program", script)
            let repository = GitRepository(existing: clone.directory)
            for (name, value) in [
                ("core.fsmonitor", "\(scene.folder)/program"),
                ("core.pager", "\(scene.folder)/program"),
                ("gpg.program", "\(scene.folder)/program"), ("commit.gpgSign", "true"),
                ("tag.gpgSign", "true"), ("push.gpgSign", "true"), ("gc.auto", "1"),
                ("push.followTags", "true"), ("push.recurseSubmodules", "on-demand"),
                ("fetch.prune", "true"), ("fetch.pruneTags", "true"),
                ("remote.origin.tagOpt", "--tags"), ("push.default", "matching"),
                ("remote.origin.push", "+refs/heads/*:refs/heads/*"),
                ("core.hooksPath", "\(scene.folder)/hooks"),
            ] {
                try await repository.git("config", name, value)
            }
            let applied = try await clone.apply()
            #expect(applied.status == 0, "\(applied.result.error)")
            #expect(!FileManager.default.fileExists(atPath: ran))
            #expect(try await scene.subjects() == GitScene.pendingThenApplied)
            // Nor does anything else travel.
            let refs = try await scene.remote.git("for-each-ref", "--format=%(refname)")
            #expect(refs == "refs/heads/\(GitScene.branch)\nrefs/heads/main")
        }
    }

    @Test func `no credential is in anything that git was given or keeps`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            let log = "\(scene.folder)/calls"
            try GitScene.program(
                "\(scene.folder)/bin/git",
                """
                { echo "$@"; env; } >>\(log)
                PATH=\(GitRepository.variables["PATH"] ?? "") exec git "$@"
                """)
            clone.variables["PATH"] = "\(scene.folder)/bin:/usr/local/bin:/usr/bin:/bin"
            // A variable that git would be given, were it not a secret.
            clone.variables["GIT_ASKPASS"] = Workspace.key(of: "uat")
            try clone.write(
                "bankhook.yaml",
                try clone.read("bankhook.yaml").replacingOccurrences(
                    of: "{ENVIRONMENT}_KEY", with: "GIT_ASKPASS"))
            #expect(try await clone.apply().status == 0)
            let calls = try String(contentsOfFile: log, encoding: .utf8)
            #expect(calls.contains("fast-import") && calls.contains("GIT_TERMINAL_PROMPT=0"))
            #expect(!calls.contains("canary"))
            for path in [scene.remote.path, clone.directory] {
                let objects = try await GitRepository(existing: path)
                    .git("cat-file", "--batch-all-objects", "--batch")
                #expect(!objects.contains("canary"))
            }
        }
    }
}
