import AsyncHTTPClient
import JSONSyntax
import NIOCore
import NIOHTTP1
import Subprocess
import TestSupport
import Testing

/// `bankhook listen` as a command; what it answers is tested with its target.
@Suite struct ListenTests {
    private static let failed =
        #"{"entity_id":"e-1","statement_id":"","link_id":"l 1","progress":"failed","#
        + #""reason":"Wrong password\n::error::x ##[group]\u001b[31m"}"#

    /// What a listener wrote, once it has ended.
    private struct Written {
        var output = ""
        var error = ""
    }

    /// Runs a body while a listener serves, ends it as a person would, and returns what it wrote.
    private func with(
        _ options: [String] = [], signal: Signal = .terminate,
        _ body: @Sendable @escaping (String) async throws -> Void
    ) async throws -> Written {
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(["listen", "--port", "0"] + options),
            environment: Bankhook.environment([:]), input: .none,
            output: .string(limit: 1 << 22), error: .sequence
        ) { execution in
            var error = ""
            var lines = execution.standardError.strings().makeAsyncIterator()
            while let line = try await lines.next() {
                error += line + "\n"
                guard line.contains(" is ready; ") else { continue }
                let url = String(line.prefix { $0 != " " })
                try await body(url)
                try execution.send(signal: signal)
            }
            return error
        }
        #expect(result.terminationStatus == .exited(0))
        return Written(output: result.standardOutput, error: result.closureResult)
    }

    private func post(_ body: String, to url: String, expecting status: Int) async throws {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        _ = try await response.body.collect(upTo: 1 << 20)
        #expect(Int(response.status.code) == status)
    }

    @Test(arguments: [Signal.terminate, .interrupt])
    func `each payload is printed calmly, and a signal ends it with 0`(signal: Signal)
        async throws
    {
        let written = try await with(signal: signal) { url in
            try await post(Self.failed, to: url + "/canary-path", expecting: 200)
            try await post("nonsense", to: url, expecting: 200)
        }
        let lines = written.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 4)
        #expect(lines[0].hasSuffix(" 200 failed entity_id=e-1 statement_id='' link_id='l 1'"))
        #expect(lines[1] == #"    reason: Wrong password\n::error::x ##\[group]\u{1B}[31m"#)
        #expect(lines[2].hasSuffix(" 200 no documented payload"))
        #expect(lines[3].hasPrefix("    wrong: the body is no JSON: "))
        // The path may be what the receiver knows BankConnect by.
        #expect(!(written.output + written.error).contains("canary"))
    }

    @Test func `receipts outlive it, and a second one waits for no lock`() async throws {
        try await withTemporaryDirectory { directory in
            let receipts = directory + "/receipts.ndjson"
            let workspace = Workspace(directory: directory)
            for count in 1...2 {
                _ = try await with(["--receipts", receipts]) { url in
                    try await post(Self.failed, to: url, expecting: 200)
                    let second = try await workspace.run(
                        "listen", "--port", "0", "--receipts", receipts)
                    #expect(second.status == 4)
                    #expect(second.error.contains("in use by another process"))
                }
                let lines = try workspace.read("receipts.ndjson").split(separator: "\n")
                #expect(lines.count == count)
                let receipt = try JSONParser.parse(Array(lines[count - 1].utf8))
                #expect(receipt["statement_id"] == "" && receipt["link_id"] == "l 1")
            }
        }
    }

    @Test func `with a target it answers what the target answered`() async throws {
        let script: Script = [.respond(500), .respond(200)]
        try await withHostileServer(script: script) { target in
            try await withTemporaryDirectory { directory in
                let receipts = directory + "/receipts.ndjson"
                let options = ["--forward-to", target.baseURL + "/hook", "--receipts", receipts]
                _ = try await with(options) { url in
                    try await post(Self.failed, to: url, expecting: 500)
                    try await post(Self.failed, to: url, expecting: 200)
                }
                let lines = try Workspace(directory: directory).read("receipts.ndjson")
                #expect(lines.split(separator: "\n").count == 1)
            }
            #expect(target.requests.map(\.path) == ["/hook", "/hook"])
        }
        try await withUnusedPort { port in
            let written = try await with(["--forward-to", "http://127.0.0.1:\(port)/canary"]) {
                try await post(Self.failed, to: $0, expecting: 502)
            }
            #expect(written.output.contains("not forwarded: http://127.0.0.1:\(port) refused"))
            #expect(!written.output.contains("canary"))
        }
    }

    @Test func `failures can be rehearsed`() async throws {
        let written = try await with(["--status", "503", "--delay", "1ms"]) { url in
            try await post(Self.failed, to: url, expecting: 503)
        }
        #expect(written.output.contains(" 503 failed "))
    }

    @Test func `the ready file holds the base URL once it listens`() async throws {
        try await withTemporaryDirectory { directory in
            _ = try await with(["--ready-file", directory + "/ready"]) { url in
                let written = try Workspace(directory: directory).read("ready")
                #expect(written == "\(url)\n")
            }
        }
    }

    @Test func `a host that others reach is warned of`() async throws {
        let written = try await with(["--host", "0.0.0.0"]) { _ in }
        #expect(written.error.contains("warning: --host 0.0.0.0 is reachable from other machines"))
    }

    @Test(arguments: [
        (["--port", "70000"], 64), (["--status", "99"], 64), (["--status", "600"], 64),
        (["--delay", "soon"], 64), (["--forward-timeout", "0s"], 64), (["--receipts", "-"], 64),
        (["--forward-to", "canary"], 64), (["--forward-to", "ftp://canary"], 64),
        (["--forward-to", "http://127.0.0.1:1", "--status", "500"], 64),
        (["--port", "0", "--receipts", "/nonexistent/r"], 1),
        (["--host", "nonexistent.invalid"], 1),
    ])
    func `what it cannot do ends it at once`(options: [String], status: Int) async throws {
        try await Workspace.with { workspace in
            let result = try await Bankhook.run(
                ["listen"] + options, in: workspace.directory, variables: [:])
            #expect(result.status == status)
            #expect(!result.error.contains("canary"))
        }
    }
}
