import Foundation
import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A directory with a configuration, the variables for its accounts, and the binary to run there.
struct Workspace: Sendable {
    let directory: String
    var variables: [String: String] = [:]

    /// One environment of the configuration that a test writes.
    struct Entry {
        let name: String
        var url: String?
        var mode = "net_banking_and_manual"
        var more: [String] = []
    }

    /// A workspace runs processes: a few at a time keep the pace that their time-outs assume.
    private static let turns = Turns(6)

    /// Gives a body a new workspace, and removes it afterwards. Within one there is no other.
    static func with<Value>(_ body: (inout Workspace) async throws -> Value) async throws -> Value {
        try await turns.take {
            try await withTemporaryDirectory { directory in
                var workspace = Workspace(directory: directory)
                return try await body(&workspace)
            }
        }
    }

    /// Writes a configuration whose environments are accounts of their own at one API.
    mutating func configure(
        _ entries: [Entry], baseURL: String, authorities: String? = nil, timeout: String = "60s",
        policy: [String] = [], state: [String] = []
    ) throws {
        var lines = [
            "version: 1", "defaults:", "  base_url: \(baseURL)", "  timeout: \(timeout)",
            "  credentials:", "    api_key: { env: \"{ENVIRONMENT}_KEY\" }",
            "    server_hash: { env: \"{ENVIRONMENT}_HASH\" }",
        ]
        if let authorities { lines.append("  ca_file: \(authorities)") }
        if !policy.isEmpty { lines += ["policy:"] + policy.map { "  \($0)" } }
        lines += state + ["environments:"]
        for entry in entries {
            let url = entry.url ?? "https://\(entry.name).lender.example/bankconnect"
            lines += [
                "  \(entry.name):", "    webhook_url: \(url)", "    webhook_mode: \(entry.mode)",
            ]
            lines += entry.more.map { "    \($0)" }
            let prefix = Workspace.upperCased(entry.name)
            variables["\(prefix)_KEY"] = Workspace.key(of: entry.name)
            variables["\(prefix)_HASH"] = Workspace.hash(of: entry.name)
        }
        try write("bankhook.yaml", lines.joined(separator: "\n") + "\n")
    }

    static func key(of name: String) -> String { "canary-key-of-\(name)" }
    static func hash(of name: String) -> String { "canary-hash-of-\(name)" }

    private static func upperCased(_ name: String) -> String {
        name.uppercased().replacing("-", with: "_").replacing(".", with: "_")
    }

    func run(_ arguments: String...) async throws -> Bankhook.Result {
        try await Bankhook.run(arguments, in: directory, variables: variables)
    }

    /// Applies without asking and returns the outcome of each environment.
    func apply(_ more: String...) async throws -> ApplyResult {
        let result = try await Bankhook.run(
            ["apply", "--auto-approve", "--format", "json"] + more, in: directory,
            variables: variables)
        return ApplyResult(result: result)
    }

    /// A run of the binary that a body can send signals to.
    typealias Running = Execution<NoInput, StringOutput<UTF8>, StringOutput<UTF8>>

    /// Starts the binary, gives a body its process, and waits for its end.
    func start(
        _ arguments: [String], _ body: (Running) async throws -> Void
    ) async throws -> Bankhook.Result {
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment(variables), workingDirectory: FilePath(directory),
            input: .none, output: .string(limit: 1 << 26), error: .string(limit: 1 << 26),
            body: body)
        return Bankhook.Result(
            status: Bankhook.status(result.terminationStatus),
            output: result.standardOutput, error: result.standardError)
    }

    /// Starts the binary, sends it signals once `isBusy` returns, and calls `noticed` when it has said
    /// that it was interrupted: what a test lets happen after that cannot overtake the signal.
    func interrupt(
        _ arguments: [String], by signals: [Signal], once isBusy: () async throws -> Void,
        _ noticed: () -> Void
    ) async throws -> Bankhook.Result {
        var error = ""
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment(variables), workingDirectory: FilePath(directory),
            input: .none, output: .string(limit: 1 << 26), error: .sequence
        ) { running in
            try await isBusy()
            for signal in signals { try running.send(signal: signal) }
            for try await line in running.standardError.strings() {
                error += line + "\n"
                if line.hasPrefix("interrupted") { noticed() }
            }
        }
        return Bankhook.Result(
            status: Bankhook.status(result.terminationStatus), output: result.standardOutput,
            error: error)
    }

    /// Runs the binary, and shows a body each line of its standard error as it comes.
    func startReading(_ arguments: [String], _ body: (String) -> Void) async throws -> Int {
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment(variables), workingDirectory: FilePath(directory),
            input: .none, output: .discarded, error: .sequence
        ) { running in
            for try await line in running.standardError.strings() { body(line) }
        }
        return Bankhook.status(result.terminationStatus)
    }

    /// Replaces the system's trust roots by a stranger's, so that `ca_file` alone decides.
    mutating func trustStrangers() throws {
        try write("roots.pem", try TestCertificateAuthority(named: "a stranger").caPEM)
        variables["SSL_CERT_FILE"] = path("roots.pem")
    }

    // MARK: Files

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }

    /// An environment's record as JSON, or nil where there is none.
    func record(_ name: String) throws -> JSONValue? {
        let file = "bankhook.state/\(name).json"
        return exists(file) ? try JSONParser.parse(Array(try read(file).utf8)) : nil
    }
}
