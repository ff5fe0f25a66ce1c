import BankhookGitStore
import BankhookModel
import BankhookState
import Foundation
import Git
import TestSupport

/// A state branch of a bare repository in a directory, and one clone.
struct GitPlace: StorePlace {
    let root: String
    let time = HandTime()

    /// A clone has at most this many tests at a time: each of them starts many processes.
    private static let turns = Turns(2)

    var remote: GitRepository { GitRepository(existing: "\(root)/remote.git") }
    var clone: GitRepository { GitRepository(existing: "\(root)/clone") }

    static func with(_ body: (any StorePlace) async throws -> Void) async throws {
        try await withGit { try await body($0) }
    }

    /// The same, with what only git has.
    static func withGit(_ body: (GitPlace) async throws -> Void) async throws {
        try await turns.take {
            try await withTemporaryDirectory { root in
                let place = GitPlace(root: root)
                try place.makeFolder("remote.git")
                _ = try await GitRepository(at: "\(root)/remote.git", "--bare")
                try await place.addClone("clone")
                _ = try await place.store(in: "clone").initialize()
                try await body(place)
            }
        }
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(root)/\(name)", withIntermediateDirectories: false)
    }

    /// Makes another clone of the remote.
    func addClone(_ name: String) async throws {
        try makeFolder(name)
        let repository = try await GitRepository(at: "\(root)/\(name)")
        try await repository.git("remote", "add", "origin", "\(root)/remote.git")
    }

    func branch(in clone: String) -> StateBranch {
        StateBranch(
            remote: "origin", branch: "bankhook-state", path: "records",
            lease: TimeSpan(seconds: Scene.lease), folder: "\(root)/\(clone)")
    }

    func repository(in clone: String) -> GitBranchRepository {
        GitBranchRepository(
            branch(in: clone),
            git: Git(environment: GitEnvironment(GitRepository.variables, reachesRemotes: true)),
            host: "build-1", now: { HandTime.start },
            makeID: { UUID().uuidString.lowercased() }, shown: { $0 })
    }

    func store(in clone: String) -> GitStore {
        GitStore(branch(in: clone), in: repository(in: clone), time: time.runTime)
    }

    func open() -> any StateStore { store(in: "clone") }

    func put(_ file: String, _ bytes: [UInt8]?) async throws {
        let repository = repository(in: "clone")
        let tip = try await repository.fetch(knowing: nil)?.id
        let commit = try await repository.commit(
            [BranchChange(file: file, bytes: bytes)], on: tip, CommitText("somebody"),
            kept: false)
        try await repository.push(commit, replacing: tip)
        try await repository.forget(commit)
    }

    func bytes(of file: String) async throws -> [UInt8]? {
        try await repository(in: "clone").fetch(knowing: nil)?.files.bytes(of: file)
    }
}
