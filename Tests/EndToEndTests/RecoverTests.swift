import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// `bankhook recover` at the built emulator: an outage, and what brings back what it lost.
@Suite struct RecoverTests {
    /// A registered environment in mode 1 whose receiver is a server of the test's own.
    private static func withOutage(
        _ script: Script, secret: Bool = true,
        _ body: @Sendable @escaping (Outage) async throws -> Void
    ) async throws {
        try await withHostileServer(script: script) { server in
            try await EmulatorProcess.with { emulator in
                try await Workspace.with { workspace in
                    workspace.variables["TOKEN"] = Self.token
                    try workspace.configure(
                        [
                            .init(
                                name: "uat", url: "\(server.baseURL)/hook/{token}",
                                more: ["webhook_secrets: { token: { env: TOKEN } }"])
                        ], baseURL: emulator.baseURL)
                    #expect(try await workspace.apply().status == 0)
                    try await body(
                        Outage(workspace: workspace, emulator: emulator, server: server))
                }
            }
        }
    }

    private static let token = "canary-token-0123456789"

    struct Outage: Sendable {
        let workspace: Workspace
        let emulator: EmulatorProcess
        let server: HostileServer

        func trigger(_ link: String, _ more: String...) async throws {
            let result = try await Bankhook.run(
                ["trigger", "completed", "--mode", "manual", "--link-id", link, "--emulator"]
                    + [emulator.baseURL] + more, in: workspace.directory, variables: [:])
            #expect(result.status == 0, "\(result.error)")
        }

        func recover(_ arguments: String...) async throws -> Bankhook.Result {
            try await recover(arguments)
        }

        func recover(_ arguments: [String]) async throws -> Bankhook.Result {
            try await Bankhook.run(
                ["recover", "--environment", "uat"] + arguments, in: workspace.directory,
                variables: workspace.variables)
        }

        /// The bodies of the deliveries that bankhook made.
        var recovered: [String] {
            server.requests.filter { request in
                request.headers.contains {
                    $0.name.lowercased() == "x-bankhook-recovered" && $0.value == "1"
                }
            }.map(\.body)
        }
    }

    /// BankConnect's own deliveries get no 200; ours do.
    private static let outage = Script { request in
        request.headers.contains { $0.name.lowercased() == "x-bankhook-recovered" }
            ? .respond(200) : .respond(503)
    }

    @Test func `a dry run names the links in the order that they were given in`() async throws {
        try await Self.withOutage(Self.outage) { outage in
            let links = ["L9", "L3", "L7", "L1", "L5", "L2", "L8", "L4"]
            for link in links { try await outage.trigger(link) }
            let dry = try await outage.recover(
                links.flatMap { ["--link-id", $0] } + ["--dry-run"])
            let shown = dry.output.split(separator: "\n").filter { $0.hasPrefix("would send") }
                .compactMap { $0.split(separator: "  ").dropFirst(2).first.map(String.init) }
            #expect(shown == links)
        }
    }

    @Test func `what an outage lost arrives once each, and a second run has nothing to do`()
        async throws
    {
        try await Self.withOutage(Self.outage) { outage in
            for _ in 0..<5 { try await outage.trigger("L") }
            #expect(outage.recovered.isEmpty)
            let dry = try await outage.recover("--link-id", "L", "--dry-run")
            #expect(dry.status == 0)
            #expect(dry.output.contains("5 would send"))
            #expect(dry.output.contains("/hook/{token}"))
            #expect(outage.recovered.isEmpty)
            #expect(!outage.workspace.exists("receipts"))

            let first = try await outage.recover("--link-id", "L", "--receipts", "receipts")
            #expect(first.status == 0)
            #expect(first.output.contains("5 delivered, 0 received before"))
            #expect(outage.recovered.count == 5 && Set(outage.recovered).count == 5)
            // What the dry run showed is what was sent.
            for body in outage.recovered { #expect(dry.output.contains("  \(body)\n")) }
            for request in outage.server.requests where outage.recovered.contains(request.body) {
                #expect(request.path == "/hook/\(Self.token)")
            }
            let second = try await outage.recover("--link-id", "L", "--receipts", "receipts")
            #expect(second.status == 0)
            #expect(second.output.contains("0 delivered, 5 received before"))
            #expect(outage.recovered.count == 5)
            for text in [dry, first, second].flatMap({ [$0.output, $0.error] }) {
                #expect(!text.contains(Self.token))
            }
            #expect(!(try outage.workspace.read("receipts")).contains(Self.token))
        }
    }

    @Test func `a failure is exit 3, and its link goes on with the next run`() async throws {
        let script = Script { request in
            request.number == 1 ? .closeBeforeAnswer : .respond(200)
        }
        try await withHostileServer(script: script) { receiver in
            try await Self.withOutage(Self.outage) { outage in
                for _ in 0..<3 { try await outage.trigger("L") }
                let arguments = ["--link-id", "L", "--receipts", "receipts", "--to"]
                let first = try await outage.recover(
                    arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                    "\(receiver.baseURL)/other", "--format", "json")
                #expect(first.status == 3)
                let outcomes = try #require(try first.json["deliveries"]).items.map {
                    $0["outcome"]
                }
                #expect(outcomes == ["delivered", "failed", "skipped"])
                let second = try await outage.recover(
                    arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                    "\(receiver.baseURL)/other")
                #expect(second.status == 0)
                #expect(second.output.contains("2 delivered, 1 received before"))
                // Only the one whose answer was lost came twice.
                #expect(receiver.requests.count == 4)
                #expect(Set(receiver.requests.map(\.body)).count == 3)
                #expect(outage.recovered.isEmpty)
            }
        }
    }

    @Test(arguments: [[], ["--rate", "100/s"]])
    func `no connection waits for its next payload, where it may be lost`(rate: [String])
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { receiver in
            try await Self.withOutage(Self.outage) { outage in
                for _ in 0..<3 { try await outage.trigger("L") }
                let result = try await outage.recover(
                    ["--link-id", "L", "--receipts", "receipts", "--to", receiver.baseURL] + rate)
                #expect(result.status == 0)
                #expect(receiver.requests.count == 3 && receiver.connectionCount == 3)
            }
        }
    }

    @Test func `receipts that somebody else uses are exit 4, and nothing is sent`() async throws {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { slow in
            try await Self.withOutage(Self.outage) { outage in
                try await outage.trigger("L")
                let arguments = [
                    "recover", "--environment", "uat", "--link-id", "L", "--receipts", "receipts",
                ]
                let first = try await outage.workspace.start(
                    arguments + ["--to", slow.baseURL]
                ) { _ in
                    _ = try await slow.nextRequest()
                    let second = try await outage.recover(
                        "--link-id", "L", "--receipts", "receipts")
                    #expect(second.status == 4)
                    #expect(second.error.contains("in use by another process"))
                    #expect(outage.recovered.isEmpty)
                    gate.open()
                }
                #expect(first.status == 0)
            }
        }
    }

    @Test func `a signal lets what is under way be recorded and ends with its status`()
        async throws
    {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { slow in
            try await Self.withOutage(Self.outage) { outage in
                for _ in 0..<2 { try await outage.trigger("L") }
                let result = try await outage.workspace.interrupt(
                    [
                        "recover", "--environment", "uat", "--link-id", "L", "--receipts",
                        "receipts", "--to", slow.baseURL,
                    ], by: [.terminate], once: { _ = try await slow.nextRequest() }
                ) { gate.open() }
                #expect(result.status == 143)
                #expect(result.output.contains("1 delivered, 1 skipped"))
                let receipts = try outage.workspace.read("receipts")
                #expect(receipts.split(separator: "\n").count == 1)
            }
        }
    }

    /// Runs a body in a workspace whose API lists these payloads, oldest last, for each link, and whose
    /// endpoint answers 200.
    private static func withLists(
        _ payloads: [String],
        _ body: (_ recover: ([String]) async throws -> Bankhook.Result, HostileServer) async throws
            -> Void
    ) async throws {
        let answer = #"{"payloads": [\#(payloads.joined(separator: ","))]}"#
        let script = Script { request in
            request.method == "GET" ? .respond(200, body: answer) : .respond(200)
        }
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: "\(server.baseURL)/hook")], baseURL: server.baseURL)
                try workspace.write("receipts", "")
                let (directory, variables) = (workspace.directory, workspace.variables)
                try await body(
                    { arguments in
                        try await Bankhook.run(
                            ["recover", "--environment", "uat"] + arguments, in: directory,
                            variables: variables)
                    }, server)
            }
        }
    }

    private static func listed(_ link: String, _ statement: String, _ progress: String) -> String {
        """
        {"statement_id": "\(statement)", "entity_id": "e", "link_id": "\(link)", \
        "progress": "\(progress)", "reason": "", "date_time": "2026-11-23 09:00:00"}
        """
    }

    @Test(arguments: [true, false])
    func `a payload that is none is named by its wrong field, in a dry run too`(
        isDryRun: Bool
    ) async throws {
        let key = Workspace.key(of: "uat")
        let wrong = [#"in::progress\u001b"#, "is \(key)"]
        for (progress, shown) in zip(wrong, [#"'in::progress\u{1B}'"#, "<redacted>"]) {
            try await Self.withLists(
                [Self.listed("L", "s2", "completed"), Self.listed("L", "s1", progress)]
            ) { recover, server in
                let result = try await recover(
                    ["--link-id", "L", "--receipts", "receipts"] + (isDryRun ? ["--dry-run"] : []))
                #expect(result.status == 3)
                #expect(result.output.contains("failed") && result.output.contains(shown))
                #expect(result.output.contains("no documented payload and is not sent"))
                #expect(result.output.contains("1 failed, 1 skipped"))
                #expect(!(result.output + result.error).contains(key))
                #expect(!(result.output + result.error).contains("\u{1B}"))
                #expect(server.requests.allSatisfy { $0.method == "GET" })
            }
        }
    }

    @Test func `a list of another link's payloads is named, and nothing of it is sent`()
        async throws
    {
        let payload = Self.listed("ab12", "s1", "failed")
        try await Self.withLists([payload]) { recover, server in
            for more in [["--dry-run"], [], ["--format", "json"]] {
                let result = try await recover(
                    ["--link-id", "AB12", "--receipts", "receipts"] + more)
                #expect(result.status == 3)
                #expect(
                    result.error.contains("link 'AB12': payloads[0] of its list names link 'ab12'"))
            }
            #expect(server.requests.allSatisfy { $0.method == "GET" })
            #expect(try await recover(["--link-id", "ab12", "--receipts", "receipts"]).status == 0)
        }
    }

    @Test(arguments: [["--dry-run"], [], ["--format", "json"]])
    func `that receipts are not there is another warning than that they are empty`(
        more: [String]
    ) async throws {
        try await Self.withLists([Self.listed("L", "s1", "completed")]) { recover, _ in
            let options = ["--link-id", "L", "--receipts"]
            let missing = try await recover(options + ["receipts.njson"] + more)
            #expect(missing.error.contains("warning: there is no receipts.njson yet: every listed"))
            let empty = try await recover(options + ["receipts"] + more)
            #expect(empty.error.contains("warning: receipts holds no receipt: every listed"))
        }
    }

    @Test func `a link for which nothing is listed is named`() async throws {
        try await Self.withLists([]) { recover, _ in
            for more in [[], ["--dry-run"], ["--format", "json"]] {
                let result = try await recover(
                    ["--link-id", "loan1", Workspace.key(of: "uat"), "--receipts", "receipts"]
                        + more)
                #expect(result.status == 0)
                #expect(result.error.contains("warning: link 'loan1': no payload is listed"))
                #expect(result.error.contains("warning: link '<redacted>': no payload"))
            }
            let many = (1...13).map { "loan\($0)" }
            let result = try await recover(["--link-id"] + many + ["--receipts", "receipts"])
            #expect(result.error.contains("link 'loan10': no payload is listed"))
            #expect(!result.error.contains("'loan11'"))
            #expect(result.error.contains("no payload is listed for 3 more links"))
        }
        try await Self.withLists([Self.listed("L", "s1", "completed")]) { recover, _ in
            let result = try await recover(
                ["--link-id", "L", "--receipts", "receipts", "--progress", "failed"])
            #expect(!result.error.contains("no payload is listed"))
        }
    }

    @Test(arguments: [
        ["--to", "http://example.com/x"], ["--to", "ftp://127.0.0.1/"], ["--to", ""],
        ["--to", "https://u:p@example.com/"], ["--to", "https://example.com/{token}"],
        ["--rate", "0/s"], ["--rate", "5"], ["--rate", "-1/s"], ["--rate", "nan/s"],
        ["--rate", "5/m"], ["--receipts", "-"], ["--receipts", ""], ["--progress", "done"],
        ["--since", "2026-11-23"], ["--until", "now"], ["--links", "-"], ["--links", ""],
        ["--link-id", ".."], ["--link-id", "a\u{1}"],
        ["--since", "2026-11-23 12:00:00", "--until", "2026-11-23 11:00:00"],
    ])
    func `arguments that cannot be used are exit 64`(arguments: [String]) async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let result = try await Bankhook.run(
                ["recover", "--environment", "uat", "--link-id", "L"] + arguments,
                in: workspace.directory, variables: workspace.variables)
            #expect(result.status == 64)
            #expect(!result.error.contains("u:p"))
        }
    }
}

extension JSONValue {
    /// The elements of an array.
    fileprivate var items: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
