import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Servers whose standard output or error nobody reads, and signals on their way out.
@Suite struct UnreadOutputTests {
    private static let payload =
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":""}"#

    private static func post(to url: String) async throws -> Int {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "connection": "close"]
        request.body = .bytes(ByteBuffer(string: payload))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        _ = try await response.body.collect(upTo: 1 << 20)
        return Int(response.status.code)
    }

    private static func read(_ file: String, in workspace: Workspace) async throws -> String {
        while !workspace.exists(file) { try await Task.sleep(for: .milliseconds(10)) }
        return try workspace.read(file).trimmingCharacters(in: .newlines)
    }

    @Test func `listen answers and ends although nobody reads its output`() async throws {
        try await Workspace.with { workspace in
            let pipe = try FullPipe()
            let result = try await Subprocess.run(
                .path(Bankhook.path),
                arguments: [
                    "listen", "--port", "0", "--ready-file", "ready", "--receipts", "receipts",
                ],
                environment: Bankhook.environment([:]),
                workingDirectory: FilePath(workspace.directory), input: .none,
                output: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: false),
                error: .string(limit: 1 << 20)
            ) { running in
                let url = try await Self.read("ready", in: workspace)
                for _ in 0..<10 { #expect(try await Self.post(to: url) == 200) }
                try running.send(signal: .terminate)
            }
            #expect(result.terminationStatus == .exited(0))
            #expect(
                result.standardError.hasSuffix(
                    "warning: 10 lines were not printed: nobody read standard output in time\n"),
                "\(result.standardError)")
            #expect(try workspace.read("receipts").split(separator: "\n").count == 10)
        }
    }

    @Test func `emulate answers and ends although nobody reads its log`() async throws {
        try await Workspace.with { workspace in
            let pipe = try FullPipe()
            let fleet = workspace
            let result = try await Subprocess.run(
                .path(Bankhook.path),
                arguments: [
                    "emulate", "--port", "0", "--ready-file", "ready", "--any-account",
                ],
                environment: Bankhook.environment([:]),
                workingDirectory: FilePath(workspace.directory), input: .none,
                output: .discarded,
                error: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: false)
            ) { running in
                let url = try await Self.read("ready", in: fleet)
                var fleet = fleet
                try fleet.configure([.init(name: "uat"), .init(name: "two")], baseURL: url)
                #expect(try await fleet.apply().status == 0)
                try running.send(signal: .terminate)
            }
            #expect(result.terminationStatus == .exited(0))
        }
    }

    @Test func `a second signal ends a server at once, in the midst of an answer`() async throws {
        try await Workspace.with { workspace in
            let pipe = try FullPipe()
            let result = try await Subprocess.run(
                .path(Bankhook.path),
                arguments: [
                    "listen", "--port", "0", "--ready-file", "ready", "--delay", "60s",
                ],
                environment: Bankhook.environment([:]),
                workingDirectory: FilePath(workspace.directory), input: .none,
                output: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: false),
                error: .discarded
            ) { running in
                let url = try await Self.read("ready", in: workspace)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        // The end of the grace would have been answered with 503.
                        await #expect(throws: (any Error).self) { try await Self.post(to: url) }
                    }
                    // A request that is not there yet breaks off too.
                    try running.send(signal: .terminate)
                    // Signals within a second count as one.
                    try await Task.sleep(for: .milliseconds(1_200))
                    try running.send(signal: .terminate)
                    try await group.waitForAll()
                }
            }
            #expect(result.terminationStatus == .exited(0))
        }
    }

    @Test(arguments: ["listen", "emulate"])
    func `signals on the way out do not kill a server`(command: String) async throws {
        for _ in 0..<8 {
            try await Workspace.with { workspace in
                let result = try await workspace.start([
                    command, "--port", "0", "--ready-file", "ready",
                ]) { running in
                    _ = try await Self.read("ready", in: workspace)
                    for _ in 0..<60 {
                        // Fails once the process has ended.
                        guard (try? running.send(signal: .terminate)) != nil else { break }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                }
                #expect(result.status == 0)
            }
        }
    }
}
