import JSONSyntax
import TestSupport
import Testing

/// `bankhook payloads` and `bankhook progress` against servers of the tests' own.
@Suite struct PayloadsTests {
    /// A workspace whose environment is at an API with that script.
    private static func with(
        _ script: Script, _ body: (Workspace, HostileServer) async throws -> Void
    ) async throws {
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [
                        .init(name: "uat"),
                        .init(name: "other", mode: "all", more: ["flow: session"]),
                    ], baseURL: server.baseURL)
                try await body(workspace, server)
            }
        }
    }

    private static func payload(_ link: String, _ reason: String = "") -> String {
        """
        {"statement_id": "s", "entity_id": "e", "link_id": "\(link)", "progress": "failed", \
        "reason": "\(reason)", "date_time": "2026-11-23 09:00:00", "extra": {"kept": 1.50}}
        """
    }

    /// A list of one payload for every link but those that are called bad.
    private static let lists = Script { request in
        let link = String(request.path.split(separator: "=").last ?? "")
        return link.hasPrefix("bad")
            ? .respond(404, body: "no such link")
            : .respond(200, body: #"{"payloads": [\#(payload(link))]}"#)
    }

    @Test func `every payload is data as the API sent it`() async throws {
        try await Self.with(Self.lists) { workspace, _ in
            let json = try await workspace.run(
                "payloads", "--environment", "uat", "--link-id", "a", "b", "--format", "json")
            #expect(json.status == 0)
            #expect(try json.json["format_version"] == .integer(1))
            let payloads = try #require(try json.json["payloads"]).items
            #expect(payloads.map { $0["link_id"] } == ["a", "b"])
            #expect(payloads.first?["extra"]?["kept"] == .number("1.50"))
            let lines = try await workspace.run(
                "payloads", "--environment", "uat", "--link-id", "a", "b", "--format", "ndjson")
            #expect(lines.output.split(separator: "\n").count == 2)
            let table = try await workspace.run(
                "payloads", "--environment", "uat", "--link-id", "a")
            #expect(table.output.hasPrefix("PROGRESS"))
        }
    }

    @Test(arguments: ["table", "json", "ndjson"])
    func `a link that is not known is named, and the exit status is 3`(format: String) async throws
    {
        try await Self.with(Self.lists) { workspace, _ in
            let result = try await workspace.run(
                "payloads", "--environment", "uat", "--link-id", "a", "bad-1", "b", "--format",
                format)
            #expect(result.status == 3)
            #expect(result.error.contains("link 'bad-1': answered 404: no such link"))
            #expect(result.output.contains("a") && result.output.contains("b"))
        }
    }

    @Test func `refused keys end the run after a few questions`() async throws {
        try await Self.with([.respond(401, body: "no")]) { workspace, server in
            let links = (0..<200).map { "link-\($0)\r\n" }.joined() + "\nlink-0\n"
            try workspace.write("links", links)
            let result = try await workspace.run(
                "payloads", "--environment", "uat", "--links", "links")
            #expect(result.status == 3)
            #expect(result.error.contains("more links were not asked about"))
            #expect(server.requests.count <= 10)
            #expect(!result.error.contains(Workspace.key(of: "uat")))
        }
    }

    @Test func `a file of links is judged line by line before anything is asked`() async throws {
        try await Self.with(Self.lists) { workspace, server in
            try workspace.write("links", "a\n..\nb\u{7F}\n")
            let result = try await workspace.run(
                "payloads", "--environment", "uat", "--links", "links")
            #expect(result.status == 1)
            #expect(result.error.contains("links:2: '..'") && result.error.contains("links:3:"))
            try workspace.write("none", "\n \n")
            #expect(
                try await workspace.run("payloads", "--environment", "uat", "--links", "none")
                    .status == 1)
            #expect(
                try await workspace.run("payloads", "--environment", "uat", "--links", "absent")
                    .status == 1)
            #expect(server.requestsStarted == 0)
        }
    }

    @Test func `what a payload holds neither speaks to a terminal nor shows a key`() async throws {
        let key = Workspace.key(of: "uat")
        let script = Script { request in
            let texts = [#"\u001b[31m ##[group]x \u202e \u009b"#, "the key is \(key)!"]
            let payloads = texts.map { Self.payload("l", $0) }.joined(separator: ",")
            return .respond(200, body: #"{"payloads": [\#(payloads)]}"#)
        }
        try await Self.with(script) { workspace, _ in
            for format in ["table", "json", "ndjson"] {
                let result = try await workspace.run(
                    "payloads", "--environment", "uat", "--link-id", "l", "--format", format)
                #expect(result.status == 0)
                #expect(!result.output.contains(key))
                #expect(result.output.contains("<redacted>"))
                #expect(!result.output.contains("##["))
                let scalars = result.output.unicodeScalars
                #expect(!scalars.contains { "\u{1B}\u{202E}\u{9B}".unicodeScalars.contains($0) })
            }
        }
    }

    @Test(arguments: ["payloads", "recover"])
    func `the other flow and an unknown name are refused with the reason`(
        command: String
    ) async throws {
        try await Self.with(Self.lists) { workspace, server in
            let session = try await workspace.run(
                command, "--environment", "other", "--link-id", "l")
            #expect(session.status == 1 && session.error.contains("flow: session"))
            let unknown = try await workspace.run(command, "--environment", "ua", "--link-id", "l")
            #expect(unknown.status == 1 && unknown.error.contains("did you mean 'uat'?"))
            let none = try await workspace.run(command, "--environment", "uat")
            #expect(none.status == 64 && none.error.contains("bankhook progress"))
            #expect(server.requestsStarted == 0)
        }
    }

    @Test(arguments: [
        (#"{"status": "completed", "statement_id": "s"}"#, 0, ""),
        (#"{"status": "completed"}, {"status": "failed"}"#, 3, ""),
        (
            #"{"status": "completed"}, {"status": null}"#, 4,
            "1 of 2 statements still processes; --wait waits for it\n"
        ),
        (
            #"{"status": null}, {"status": "completed"}, {"status": "processing"}"#, 4,
            "2 of 3 statements still process; --wait waits for them\n"
        ),
        ("", 4, "nothing is listed yet; --wait waits until something is and has ended\n"),
        (#"{"statement_id": "s"}"#, 1, nil),
    ])
    func `progress ends as the statements did, and says why it is not done`(
        statements: String, status: Int, message: String?
    ) async throws {
        try await Self.with([.respond(200, body: #"{"progress": [\#(statements)]}"#)]) {
            workspace, server in
            let result = try await workspace.run(
                "progress", "--environment", "uat", "--entity-id", "e/1")
            #expect(result.status == status)
            if let message { #expect(result.error == message) }
            #expect(
                server.requests.map(\.path)
                    == ["/bank-connect/v1/entity/e%2F1/transactions/"])
        }
    }

    @Test func `progress waits until every statement has ended`() async throws {
        let script: Script = [
            .respond(200, body: #"{"progress": [{"status": "processing"}]}"#),
            .respond(503), .respond(200, body: #"{"progress": [{"status": "completed"}]}"#),
        ]
        try await Self.with(script) { workspace, server in
            let result = try await workspace.run(
                "progress", "--environment", "uat", "--entity-id", "e", "--wait", "--interval",
                "1s", "--format", "json")
            #expect(result.status == 0)
            #expect(try result.json["state"] == "completed")
            #expect(server.requests.count == 3)
        }
    }

    @Test(arguments: [
        ["--interval", "1s"], ["--timeout", "1s"], ["--wait", "--interval", "0s"],
        ["--wait", "--timeout", "soon"], ["--entity-id", ".."],
    ])
    func `progress refuses what it would have to ignore`(arguments: [String]) async throws {
        try await Self.with(Self.lists) { workspace, _ in
            let result = try await Bankhook.run(
                ["progress", "--environment", "uat", "--entity-id", "e"] + arguments,
                in: workspace.directory, variables: workspace.variables)
            #expect(result.status == 64)
        }
    }
}

extension JSONValue {
    /// The elements of an array.
    fileprivate var items: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
