import Foundation
import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The reports of plan and apply: where they go, in which formats, also when a run goes wrong.
@Suite struct ReportFileTests {
    @Test func `one run writes text, JSON and Markdown`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let plain = try await workspace.run("plan")
            let json = try await workspace.run("plan", "--format", "json")
            let markdown = try await workspace.run("plan", "--format", "markdown")
            #expect(markdown.output.hasPrefix("<!-- bankhook-plan -->\n"))
            let result = try await workspace.run(
                "plan", "--out-json", "plan.json", "--out-markdown", "plan.md", "--color", "always")
            #expect(result.status == 0)
            let sequences = try Regex("\u{1B}\\[[0-9;]*m")
            #expect(result.output.replacing(sequences, with: "") == plain.output)
            #expect(try workspace.read("plan.json") == json.output)
            #expect(try workspace.read("plan.md") == markdown.output)
            let named = try await workspace.run(
                "plan", "--detailed-exitcode", "--out-markdown", "plan.md", "--comment-id", "a.b")
            #expect(named.status == 2)
            #expect(try workspace.read("plan.md").hasPrefix("<!-- bankhook-plan:a.b -->\n"))
        }
    }

    @Test func `a dash stands for standard output and takes the place of text`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let result = try await workspace.run("plan", "--out-json", "-")
            #expect(try result.json["format_version"] == .integer(1))
            let both = try await workspace.run(
                "plan", "--format", "json", "--out-json", "-", "--out-markdown", "plan.md")
            #expect(both.output == result.output)
            #expect(try workspace.read("plan.md").hasPrefix("<!-- bankhook-plan -->\n"))
            #expect(!workspace.exists("-"))
        }
    }

    @Test func `an apply writes what became of it, also when something failed`() async throws {
        try await withHostileServer(script: [.respond(200), .respond(400, body: "no")]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "a"), .init(name: "b")], baseURL: server.baseURL)
                let result = try await workspace.run(
                    "apply", "--auto-approve", "--parallelism", "1", "--out-json", "apply.json",
                    "--out-markdown", "apply.md")
                #expect(result.status == 3)
                let json = try JSONParser.parse(Array(try workspace.read("apply.json").utf8))
                #expect(json["summary"]?["applied"] == .integer(1))
                #expect(json["summary"]?["failed"] == .integer(1))
                let markdown = try workspace.read("apply.md")
                #expect(
                    markdown.hasPrefix(
                        "<!-- bankhook-apply -->\n### Apply: 1 applied, 1 failed.\n"))
                #expect(markdown.contains("- `+` **failed** `b`\n  - answered 400: no\n"))
                #expect(markdown.contains("`bankhook.state/a.json`"))
            }
        }
    }

    @Test func `a refused apply writes its refusals`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure(
                [.init(name: "uat", more: ["protected: true"])], baseURL: "http://127.0.0.1:1")
            let result = try await workspace.run(
                "apply", "--auto-approve", "--out-json", "apply.json", "--out-markdown", "apply.md")
            #expect(result.status == 5)
            #expect(try workspace.read("apply.json").contains("\"allow\": \"protected\""))
            #expect(try workspace.read("apply.md").contains("`--allow protected`"))
        }
    }

    @Test(arguments: ["plan", "apply"])
    func `a failure before the plan is in the files too`(command: String) async throws {
        try await Workspace.with { workspace in
            try workspace.write("@x <b>.yaml", "version: 1\nodd: 1\nenvironments: {}\n")
            let arguments = [command] + (command == "apply" ? ["--auto-approve"] : [])
            let result = try await Bankhook.run(
                arguments + [
                    "-c", "@x <b>.yaml", "--out-json", "r.json", "--out-markdown", "r.md",
                ],
                in: workspace.directory, variables: [:])
            #expect(result.status == 1)
            let json = try JSONParser.parse(Array(try workspace.read("r.json").utf8))
            guard case .array(let diagnostics)? = json["diagnostics"] else {
                Issue.record("no diagnostics")
                return
            }
            #expect(!diagnostics.isEmpty)
            let markdown = try workspace.read("r.md")
            #expect(markdown.hasPrefix("<!-- bankhook-\(command) -->\n"))
            #expect(markdown.contains("**error** `@x <b>.yaml:2:1` unknown key `'odd'`; known"))
        }
    }

    @Test func `an interrupted apply writes its report`() async throws {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "a"), .init(name: "b")], baseURL: server.baseURL)
                let result = try await workspace.interrupt(
                    ["apply", "--auto-approve", "--parallelism", "1", "--out-json", "apply.json"],
                    by: [.terminate], once: { _ = try await server.nextRequest() }
                ) {
                    gate.open()
                }
                #expect(result.status == 128 + 15)
                let json = try JSONParser.parse(Array(try workspace.read("apply.json").utf8))
                #expect(json["summary"]?["applied"] == .integer(1))
                #expect(json["summary"]?["skipped"] == .integer(1))
            }
        }
    }

    @Test func `an answer can put no markup into the Markdown of an apply`() async throws {
        let body = "@team ``` [x](https://evil.example) <img src=x>\n# h\n::error::x | 1. a"
        try await withHostileServer(script: [.respond(400, body: body)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.run(
                    "apply", "--auto-approve", "--format", "markdown")
                #expect(result.status == 3)
                #expect(
                    result.output.contains(
                        "answered 400: ````@team ``` [x](https://evil.example) <img src=x>\\n# "
                            + "h\\n::error::x | 1````. a\n"))
            }
        }
    }

    // MARK: Files

    @Test(arguments: ["missing/r.json", "folder", "folder/", "link", "dangling"])
    func `a file that cannot be written is told before anything is sent`(file: String)
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                try workspace.prepareOddFiles()
                let result = try await workspace.run(
                    "apply", "--auto-approve", "--out-json", file, "--out-markdown", "r.md")
                #expect(result.status == 1)
                #expect(result.error.contains("\(file) cannot be written"))
                #expect(server.requests.isEmpty)
                #expect(!workspace.exists("bankhook.state"))
                #expect(try workspace.read("target") == "untouched")
                #expect(try workspace.read("r.md").contains("cannot be written"))
            }
        }
    }

    @Test func `a full disk behind a file does not stop the recording`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.run(
                    "apply", "--auto-approve", "--out-json", "/dev/full", "--out-markdown", "r.md")
                #expect(result.status == 74)
                #expect(result.error.contains("/dev/full cannot be written"))
                #expect(try workspace.record("uat")?["serial"] == .integer(1))
                #expect(try workspace.read("r.md").contains("1 applied"))
            }
        }
    }

    @Test func `a file is replaced whole, with the mode that it had`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            try workspace.write("r.json", String(repeating: "old ", count: 10_000))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o640], ofItemAtPath: workspace.path("r.json"))
            let open = try FileDescriptor.open(FilePath(workspace.path("r.json")), .readOnly)
            #expect(try await workspace.run("plan", "--out-json", "r.json").status == 0)
            #expect(try workspace.read("r.json").hasPrefix("{"))
            let mode = try FileManager.default.attributesOfItem(atPath: workspace.path("r.json"))
            #expect(mode[.posixPermissions] as? Int == 0o640)
            // Whoever had it open still reads the old file.
            var first = [UInt8](repeating: 0, count: 3)
            _ = try unsafe first.withUnsafeMutableBytes { try unsafe open.read(into: $0) }
            try open.close()
            #expect(first == Array("old".utf8))
            let left = try FileManager.default.contentsOfDirectory(atPath: workspace.directory)
            #expect(left.sorted() == ["bankhook.yaml", "r.json"])
        }
    }

    @Test func `a pipe is written to, and its reader may leave`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let json = try await workspace.run("plan", "--format", "json")
            let result = try await Subprocess.run(
                .path("/bin/sh"),
                arguments: [
                    "-c", "\"$0\" plan --out-json /dev/fd/3 3>&1 >/dev/null", "\(Bankhook.path)",
                ],
                environment: Bankhook.environment(workspace.variables),
                workingDirectory: FilePath(workspace.directory), input: .none,
                output: .string(limit: 1 << 20), error: .discarded)
            #expect(result.standardOutput == json.output)

            let pipe = try FileDescriptor.pipe()
            try pipe.readEnd.close()
            let closed = try await Subprocess.run(
                .path(Bankhook.path), arguments: ["plan", "--out-json", "/dev/stdout", "--quiet"],
                environment: Bankhook.environment(workspace.variables),
                workingDirectory: FilePath(workspace.directory), input: .none,
                output: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: true),
                error: .discarded)
            #expect(Bankhook.status(closed.terminationStatus) == 0)
        }
    }
}

extension Workspace {
    /// A folder and links, in places where a report may not go.
    fileprivate func prepareOddFiles() throws {
        try FileManager.default.createDirectory(
            atPath: path("folder"), withIntermediateDirectories: false)
        try write("target", "untouched")
        for (link, target) in [("link", "target"), ("dangling", "nowhere")] {
            try FileManager.default.createSymbolicLink(
                atPath: path(link), withDestinationPath: target)
        }
    }
}
