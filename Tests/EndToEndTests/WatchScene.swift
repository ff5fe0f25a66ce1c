import JSONSyntax
import TestSupport
import Testing

/// An emulator, an endpoint with receipts, and a workspace whose `uat` is registered at its `/old`
/// and declared at its `/new`.
struct WatchScene: Sendable {
    let emulator: EmulatorProcess
    let listener: ListenerProcess
    var workspace: Workspace

    static let receipts = "receipts.ndjson"

    /// Gives a body the scene; in git with `/old` committed where it is asked for.
    static func with(
        more: [String] = [], inGit: Bool = false,
        _ body: @Sendable @escaping (WatchScene) async throws -> Void
    ) async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                if inGit { workspace.variables = GitRepository.variables }
                let start = workspace
                try await ListenerProcess.with(receipts: workspace.path(receipts)) { listener in
                    var scene = WatchScene(
                        emulator: emulator, listener: listener, workspace: start)
                    try scene.declare("/old", more: more)
                    let allowed = ["apply", "--auto-approve", "--allow", "protected"]
                    let first = try await scene.run(allowed)
                    #expect(first.status == 0, "\(first.error)")
                    if inGit {
                        let repository = try await GitRepository(at: start.directory)
                        try await repository.commit("old")
                    }
                    try scene.declare("/new", more: more)
                    try await body(scene)
                }
            }
        }
    }

    /// Declares `uat` at a path of the endpoint.
    mutating func declare(_ path: String, more: [String] = []) throws {
        try workspace.configure(
            [.init(name: "uat", url: listener.baseURL + path, more: more)],
            baseURL: emulator.baseURL)
    }

    func run(_ arguments: [String]) async throws -> Bankhook.Result {
        try await Bankhook.run(
            arguments, in: workspace.directory, variables: workspace.variables)
    }

    /// Applies without asking, watches, and lets something happen once it waits.
    func apply(
        within time: String, _ more: [String] = [], watching source: String = WatchScene.receipts,
        _ waiting: @escaping (Workspace.Watching) async throws -> Void = { _ in }
    ) async throws -> Bankhook.Result {
        try await workspace.watch(
            ["apply", "--auto-approve", "--watch-receipts", source, "--within", time] + more,
            waiting)
    }

    /// Lets an extraction of the first account end, whose webhook is due.
    func trigger(_ link: String) async throws {
        guard
            case .string(let account)? = try await emulator.list("registrations").first?["account"]
        else {
            Issue.record("no account")
            return
        }
        let result = try await run([
            "trigger", "completed", "--mode", "manual", "--account", account, "--link-id", link,
            "--emulator", emulator.baseURL,
        ])
        #expect(result.status == 0, "\(result.error)")
    }

    /// What is registered at the emulator.
    func registeredURL() async throws -> JSONValue? {
        try await emulator.list("registrations").first?["webhook_url"]
    }
}
