import JSONSyntax
import TestSupport
import Testing

/// The keys of the JSON that plan, apply and validate print (specification, section 5, "JSON").
@Suite struct DataTests {
    private static let registration = ["base_url", "flow", "webhook_mode", "webhook_url"]

    /// One environment that the server accepts, one that it refuses and that is protected, and one
    /// that is recorded and no longer declared.
    private func withFleet(_ body: (inout Workspace) async throws -> Void) async throws {
        let script = Script { request in
            request.body.contains("//bad.") ? .respond(400, body: "no") : .respond(200)
        }
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "kept"), .init(name: "old")], baseURL: server.baseURL)
                #expect(try await workspace.apply().status == 0)
                try workspace.configure(
                    [.init(name: "kept"), .init(name: "bad", more: ["protected: true"])],
                    baseURL: server.baseURL)
                try await body(&workspace)
            }
        }
    }

    @Test func `a plan has every key, and null for what is absent`() async throws {
        try await withFleet { workspace in
            workspace.variables["KEPT_KEY"] = nil
            workspace.variables["BAD_KEY"] = nil
            let plan = try await workspace.run("plan", "--format", "json").json
            #expect(plan.keys == ["changes", "format_version", "refusals", "summary", "warnings"])
            #expect(
                plan["summary"]?.keys == [
                    "orphaned", "reassert", "register", "unchanged", "update",
                ])
            let changes = try #require(plan["changes"]).items
            #expect(changes.map { $0["environment"] } == ["bad", "kept", "old"])
            #expect(
                changes.map { $0["account_compared"] } == [
                    .bool(false), .bool(false), .bool(false),
                ])
            for change in changes {
                #expect(
                    change.keys == [
                        "account_compared", "action", "after", "before", "environment", "reasons",
                    ])
                for reason in try #require(change["reasons"]).items {
                    #expect(reason.keys == ["code", "field", "message"])
                    #expect(reason["field"] == .null)
                }
            }
            #expect(
                changes.map { $0["before"]?.keys } == [[], Self.registration, Self.registration])
            #expect(
                changes.map { $0["after"]?.keys } == [Self.registration, Self.registration, []])
            #expect(changes.first?["before"] == .null)
            #expect(changes.last?["after"] == .null)
            #expect(changes.first?["after"]?["webhook_mode"] == .integer(1))
            let refusals = try #require(plan["refusals"]).items
            #expect(refusals.map(\.keys) == [["allow", "environment", "message"]])
            // One for the run, with the count.
            let warnings = try #require(plan["warnings"]).items
            #expect(warnings.map(\.keys) == [["code", "environment", "message"]])
            #expect(warnings.first?["code"] == "account_not_compared")
            #expect(warnings.first?["environment"] == .null)
            #expect("\(warnings)".contains("2 environments"))
        }
    }

    @Test func `an apply has every key, and orphans are no outcomes`() async throws {
        try await withFleet { workspace in
            let applied = try await workspace.apply("--allow", "protected")
            #expect(applied.status == 3)
            let json = try applied.result.json
            for key in ["format_version", "outcomes", "state_files", "summary", "warnings"] {
                #expect(json.keys.contains(key))
            }
            #expect(
                json["summary"]?.keys == [
                    "applied", "applied_but_not_recorded", "failed", "in_doubt", "skipped",
                    "unchanged",
                ])
            let outcomes = try #require(json["outcomes"]).items
            #expect(outcomes.map { $0["environment"] } == ["bad", "kept"])
            for outcome in outcomes {
                #expect(
                    outcome.keys == [
                        "action", "attempts", "duration_ms", "environment", "error", "outcome",
                        "status",
                    ])
            }
            #expect(outcomes.map { $0["outcome"] } == ["failed", "unchanged"])
            #expect(outcomes.map { $0["status"] } == [.integer(400), .null])
            #expect(outcomes.first?["error"]?.keys == ["code", "message"])
            #expect(outcomes.last?["error"] == .null)
            #expect(json["state_files"] == [])
        }
    }

    @Test func `an answer that is no JSON is a warning with its code`() async throws {
        try await withHostileServer(script: [.respond(200, body: "fine")]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let applied = try await workspace.apply()
                #expect(applied.status == 0)
                let warnings = try #require(try applied.result.json["warnings"]).items
                #expect(warnings.map { $0["code"] } == ["unexpected_body"])
                #expect(warnings.first?["environment"] == "uat")
            }
        }
    }

    @Test func `the first contact with an admitted host is a warning with its code`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure(
                [.init(name: "uat")], baseURL: "https://gateway.lender.example",
                policy: ["api_hosts: [gateway.lender.example]"])
            let plan = try await workspace.run("plan", "--format", "json")
            #expect(plan.status == 0)
            let warnings = try #require(try plan.json["warnings"]).items
            #expect(warnings.map { $0["code"] } == ["first_contact"])
            #expect(warnings.first?["environment"] == "uat")
        }
    }

    @Test func `a diagnostic has every key, with or without a file`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("bankhook.yaml", "version: 1\nodd: 1\nenvironments: {}\n")
            for arguments in [["validate"], ["plan"], ["plan", "--target", "x", "-c", "none"]] {
                let json = try await Bankhook.run(
                    arguments + ["--format", "json"], in: workspace.directory, variables: [:]
                ).json
                #expect(json.keys == ["diagnostics", "format_version"])
                let diagnostics = try #require(json["diagnostics"]).items
                #expect(!diagnostics.isEmpty)
                for diagnostic in diagnostics {
                    #expect(
                        diagnostic.keys == [
                            "code", "column", "file", "hint", "line", "message", "severity",
                        ])
                }
            }
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let fine = try await workspace.run("validate", "--format", "json")
            #expect(fine.status == 0)
            #expect(try fine.json == ["diagnostics": [], "format_version": .integer(1)])
        }
    }
}

extension JSONValue {
    /// The keys of an object, sorted; none of anything else.
    fileprivate var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.key).sorted()
    }

    fileprivate var items: [JSONValue] {
        guard case .array(let items) = self else { return [] }
        return items
    }
}
