import AsyncHTTPClient
import JSONSyntax
import NIOCore
import NIOHTTP1
import Subprocess
import Testing

/// The built binary as an emulator on a port of its own.
struct EmulatorProcess: Sendable {
    let baseURL: String

    /// Runs a body while an emulator serves, and ends it as a person would: with a signal.
    static func with(
        _ options: [String] = ["--any-account"],
        _ body: @Sendable @escaping (EmulatorProcess) async throws -> Void
    ) async throws {
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(["emulate", "--port", "0"] + options),
            environment: Bankhook.environment([:]), input: .none, output: .discarded,
            error: .sequence
        ) { execution in
            var lines = execution.standardError.strings().makeAsyncIterator()
            let ready = try await lines.next() ?? ""
            let baseURL = String(ready.prefix { $0 != " " })
            try #require(baseURL.hasPrefix("http"), "\(ready)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { try? execution.send(signal: .terminate) }
                    try await body(EmulatorProcess(baseURL: baseURL))
                }
                // Its log has to be read, or it would wait for a reader.
                while try await lines.next() != nil {}
                try await group.waitForAll()
            }
        }
        #expect(result.terminationStatus == .exited(0))
    }

    /// A list under `/_emulator/`.
    func list(_ name: String) async throws -> [JSONValue] {
        let response = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: "\(baseURL)/_emulator/\(name)"), timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 26)
        guard case .array(let list) = try JSONParser.parse(Array(body.readableBytesView)) else {
            throw NoList(name: name)
        }
        return list
    }

    /// Replaces a list under `/_emulator/`.
    func put(_ name: String, _ json: String) async throws {
        var request = HTTPClientRequest(url: "\(baseURL)/_emulator/\(name)")
        request.method = .PUT
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: json))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        #expect(response.status == .ok)
    }

    struct NoList: Error {
        let name: String
    }
}
