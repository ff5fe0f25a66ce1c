import BankhookModel
import BankhookState
import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// A bare remote whose branch holds the state, and clones of it with a configuration each.
struct GitScene: Sendable {
    static let branch = "bankhook-state"
    static let pendingThenApplied = [
        "bankhook: applied uat [skip ci]", "bankhook: pending uat [skip ci]",
        "bankhook: begin the state branch [skip ci]",
    ]

    /// Holds the remote and the clones.
    let folder: String
    let remote: GitRepository
    let baseURL: String

    /// Gives a body a remote with one commit on `main`, and a server that answers so.
    static func with(
        _ script: Script = [.respond(200)],
        _ body: (GitScene, HostileServer) async throws -> Void
    ) async throws {
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                let path = workspace.path("remote.git")
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: true)
                let scene = GitScene(
                    folder: workspace.directory,
                    remote: try await GitRepository(at: path, "--bare"), baseURL: server.baseURL)
                try await scene.fillMain()
                try await body(scene, server)
            }
        }
    }

    /// Gives a body a remote whose state branch is begun, and a clone of it.
    static func withClone(
        _ script: Script = [.respond(200)], _ entries: [Workspace.Entry] = [.init(name: "uat")],
        more: String = "",
        _ body: (GitScene, inout Workspace, HostileServer) async throws -> Void
    ) async throws {
        try await with(script) { scene, server in
            var clone = try await scene.clone("clone", entries, more: more)
            let begun = try await clone.run("state", "init")
            #expect(begun.status == 0, "\(begun.error)")
            try await body(scene, &clone, server)
        }
    }

    private func fillMain() async throws {
        let path = "\(folder)/first"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let first = try await GitRepository(at: path)
        try await first.commit("one")
        try await first.commit("two")
        try await first.git("push", "--quiet", remote.path, "main")
    }

    // MARK: Clones

    /// Makes a clone, and writes a configuration into it.
    func clone(
        _ name: String, _ entries: [Workspace.Entry] = [.init(name: "uat")], more: String = "",
        options: [String] = [], remote name2: String = "origin"
    ) async throws -> Workspace {
        try await remote.git(
            ["clone", "--quiet"] + options + ["file://\(remote.path)", "\(folder)/\(name)"])
        return try workspace(in: name, entries, more: more, remote: name2)
    }

    /// A workspace in a folder that is there.
    func workspace(
        in name: String, _ entries: [Workspace.Entry] = [.init(name: "uat")], more: String = "",
        remote: String = "origin"
    ) throws -> Workspace {
        var workspace = Workspace(directory: "\(folder)/\(name)")
        workspace.variables = GitRepository.variables
        try configure(&workspace, entries, more: more, remote: remote)
        return workspace
    }

    func configure(
        _ workspace: inout Workspace, _ entries: [Workspace.Entry], more: String = "",
        remote: String = "origin", baseURL: String? = nil
    ) throws {
        try workspace.configure(
            entries, baseURL: baseURL ?? self.baseURL,
            state: [
                "state:",
                "  git: { remote: \(remote), branch: \(GitScene.branch)\(more) }",
            ])
    }

    // MARK: The branch

    /// Subjects, the newest first.
    func subjects() async throws -> [String] {
        try await remote.git("log", "--format=%s", GitScene.branch)
            .split(separator: "\n").map(String.init)
    }

    func tip() async throws -> String {
        try await remote.git("rev-parse", GitScene.branch)
    }

    func refs() async throws -> String { try await remote.git("for-each-ref") }

    /// A record on the branch; nil where there is none.
    func record(_ name: String, in path: String = "") async throws -> JSONValue? {
        let text = try? await remote.git("show", "\(GitScene.branch):\(path)\(name).json")
        return try text.map { try JSONParser.parse(Array($0.utf8)) }
    }

    /// Commits another end of an intent's lease to the branch, as if time had gone by.
    func endLease(of name: String, at moment: Timestamp) async throws {
        let text = try await remote.git("show", "\(GitScene.branch):\(name).json")
        let environment = try #require(EnvironmentName(name))
        let record = try RecordCodec.decode(Array("\(text)\n".utf8), as: environment).record
        let path = "\(folder)/hand"
        try await remote.git("clone", "--quiet", "--branch", GitScene.branch, ".", path)
        try Data(RecordCodec.encode(record.leased(until: moment)))
            .write(to: URL(filePath: "\(path)/\(name).json"))
        let hand = GitRepository(existing: path)
        try await hand.commit("time goes by")
        try await hand.git("push", "--quiet", "origin", GitScene.branch)
    }

    /// A hook of the remote.
    func hook(_ name: String, _ script: String) throws {
        try GitScene.program("\(remote.path)/hooks/\(name)", script)
    }

    /// A program for `sh`.
    static func program(_ path: String, _ script: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: path)
    }
}
