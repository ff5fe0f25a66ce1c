import BankhookModel
import BankhookSavedPlan
import BankhookState
import Foundation
import JSONSyntax
import TestSupport
import Testing

/// The file of a saved plan, written and read, and the moment as of which it holds.
@Suite struct SavedPlanFileTests {
    private func with(_ body: (inout Workspace) async throws -> Void) async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            try await body(&workspace)
        }
    }

    @Test func `an older plan is replaced whole and nothing is left over`() async throws {
        try await with { workspace in
            let small = try workspace.read("plan.json")
            try workspace.configure(
                [.init(name: "uat"), .init(name: "other")], baseURL: "http://127.0.0.1:1")
            #expect(try await workspace.run("plan", "--out", "./plan.json").status == 0)
            #expect(try workspace.read("plan.json") != small)
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            #expect(
                try await workspace.run("plan", "--out", workspace.path("plan.json")).status == 0)
            #expect(try workspace.read("plan.json").utf8.count == small.utf8.count)
            let names = try FileManager.default.contentsOfDirectory(atPath: workspace.directory)
            #expect(Set(names) == ["bankhook.yaml", "plan.json"])
        }
    }

    @Test(arguments: ["link", "folder", "folder/", "missing/plan.json", "state"])
    func `a plan is never written through a link or among the records`(name: String)
        async throws
    {
        try await with { workspace in
            try workspace.write("target", "untouched")
            try workspace.makeOddFiles()
            try FileManager.default.createDirectory(
                atPath: workspace.path("bankhook.state"), withIntermediateDirectories: false)
            let file = name == "state" ? "./bankhook.state/new.json" : name
            let before = try workspace.kinds()
            let result = try await workspace.run("plan", "--out", file)
            #expect(result.status == 1)
            #expect(result.error.contains("\(file) cannot be written: "))
            #expect(result.output.isEmpty)
            #expect(try workspace.read("target") == "untouched")
            #expect(try workspace.kinds() == before)
            #expect(try workspace.stateFiles().isEmpty)
        }
    }

    @Test func `a plan that cannot be written is told by the exit status`() async throws {
        try await with { workspace in
            let result = try await workspace.run("plan", "--out", "/dev/full")
            #expect(result.status == 74)
            #expect(result.output.contains("Plan: 1 to register"))
            #expect(result.error.contains("/dev/full cannot be written"))
            #expect(!result.error.contains("Saved to"))
        }
    }

    @Test func `a plan may be written into a linked folder, and read through a link`()
        async throws
    {
        try await with { workspace in
            try workspace.makeOddFiles()
            try FileManager.default.createSymbolicLink(
                atPath: workspace.path("linked"), withDestinationPath: "folder")
            #expect(try await workspace.run("plan", "--out", "linked/plan.json").status == 0)
            #expect(workspace.exists("folder/plan.json"))
            try FileManager.default.createSymbolicLink(
                atPath: workspace.path("through"), withDestinationPath: "folder/plan.json")
            // Nobody listens at its base URL: it was read, and tried.
            let result = try await workspace.run(
                "apply", "through", "--target", "uat")
            #expect(result.status == 64)
            workspace.variables["UAT_KEY"] = nil
            let applied = try await workspace.run("apply", "through")
            #expect(applied.status == 1)
            #expect(applied.error.contains("credentials.api_key"))
        }
    }

    @Test(arguments: [
        ("missing", "there is no such file"), ("pipe", "it is a named pipe"),
        ("folder", "it is a directory"), ("/dev/zero", "it is a device or socket"),
        ("empty", "it is no complete JSON"), ("huge", "it is larger than any plan"),
        ("bankhook.yaml", "it is no complete JSON"), ("plan-output.json", "JSON of another kind"),
        ("newer", "newer than this bankhook"), ("edited", "its checksum does not match"),
    ])
    func `what is no saved plan is refused by name before anything else`(
        name: String, reason: String
    ) async throws {
        try await with { workspace in
            try workspace.makeOddFiles()
            try workspace.write("empty", "")
            try workspace.write("huge", "")
            try FileHandle(forWritingTo: URL(filePath: workspace.path("huge")))
                .truncate(atOffset: 257 << 20)
            let plan = try workspace.read("plan.json")
            try workspace.write(
                "newer", plan.replacing("\"format_version\": 1", with: "\"format_version\": 2"))
            try workspace.write(
                "edited", plan.replacing("\"allowed\": []", with: "\"allowed\": [\"protected\"]"))
            try workspace.write(
                "plan-output.json", try await workspace.run("plan", "--format", "json").output)
            let result = try await workspace.run("apply", name)
            #expect(result.status == 1)
            #expect(result.error.contains("\(name) cannot be used as a saved plan: "))
            #expect(result.error.contains(reason))
            #expect(result.error.contains("plan --out FILE"))
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    @Test func `a plan that was rewritten with its checksum sends nothing of its own`()
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
                try workspace.redirect("plan.json", to: "https://attacker.example/")
                let applied = try await workspace.run("apply", "plan.json")
                #expect(applied.status == 4)
                #expect(!applied.output.contains("attacker"))
                #expect(server.requests.isEmpty)
                #expect(!workspace.exists("bankhook.state"))
            }
        }
    }

    @Test func `ages count as of the moment when the plan was saved`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", more: ["reassert_after: 1h"])], baseURL: server.baseURL)
                #expect(try await workspace.apply().status == 0)
                try workspace.age("uat", seconds: 7_200)
                #expect(
                    try await workspace.run("plan", "--out", "plan.json").output.contains(
                        "reassert_after"))
                // As if it had been saved an hour and a half ago, when nothing was due yet.
                try workspace.backdate("plan.json", seconds: 5_400, as: .unchanged, "recorded")
                let applied = try await workspace.run("apply", "plan.json")
                #expect(applied.status == 0)
                #expect(applied.output.contains("1 unchanged"))
                #expect(server.requests.count == 1)
                // And three hours ago, when the record was in the future.
                try workspace.backdate("plan.json", seconds: 5_400, as: .unchanged, "recorded")
                #expect(try await workspace.run("apply", "plan.json").status == 4)
                try workspace.backdate("plan.json", seconds: 0, as: .reassert, "recorded_in_future")
                #expect(try await workspace.run("apply", "plan.json").status == 0)
                #expect(server.requests.count == 2)
            }
        }
    }
}

extension Workspace {
    /// Everything in the state directory, with its content; empty where there is none.
    func stateFiles() throws -> [String: String] {
        guard exists("bankhook.state") else { return [:] }
        var files = [String: String]()
        for name in try FileManager.default.contentsOfDirectory(atPath: path("bankhook.state")) {
            files[name] = try read("bankhook.state/\(name)")
        }
        return files
    }

    /// What everything in the workspace is: a plain file, a link, a pipe, a folder.
    fileprivate func kinds() throws -> [String: FileAttributeType] {
        var kinds = [String: FileAttributeType]()
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
            kinds[name] = attributes[.type] as? FileAttributeType
        }
        return kinds
    }

    /// A link to `target`, a named pipe and a folder.
    fileprivate func makeOddFiles() throws {
        try FileManager.default.createSymbolicLink(
            atPath: path("link"), withDestinationPath: "target")
        try #require(unsafe mkfifo(path("pipe"), 0o600) == 0)
        try FileManager.default.createDirectory(
            atPath: path("folder"), withIntermediateDirectories: false)
    }

    /// Makes a record as if it had been applied earlier.
    fileprivate func age(_ name: String, seconds: Int) throws {
        let file = "bankhook.state/\(name).json"
        let environment = try #require(EnvironmentName(name))
        let record = try RecordCodec.decode(Array(read(file).utf8), as: environment).record
        let applied = try #require(record.applied)
        let aged = Record(
            environment: environment, lineage: record.lineage, serial: record.serial,
            previous: record.previous,
            applied: Record.Applied(
                registration: applied.registration, account: applied.account,
                webhookSecrets: applied.webhookSecrets,
                appliedAt: Timestamp(
                    secondsSinceEpoch: applied.appliedAt.secondsSinceEpoch - seconds),
                origin: applied.origin, revision: applied.revision, run: applied.run,
                tool: applied.tool), pending: nil)
        try write(file, String(decoding: RecordCodec.encode(aged), as: UTF8.self))
    }

    /// Makes a saved plan of one environment as if it had been saved earlier, when another action
    /// was planned.
    fileprivate func backdate(_ file: String, seconds: Int, as action: Action, _ reason: String)
        throws
    {
        let saved = try SavedPlanCodec.decode(Array(read(file).utf8))
        let changes = saved.changes.mapValues { change in
            SavedChange(
                action: action, reasons: [SavedReason(code: reason, field: nil)],
                before: change.before, after: change.after, fingerprints: change.fingerprints,
                firstLineage: change.firstLineage)
        }
        let backdated = SavedPlan(
            createdAt: Timestamp(
                secondsSinceEpoch: saved.createdAt.secondsSinceEpoch - seconds),
            tool: saved.tool, options: saved.options, files: saved.files, records: saved.records,
            changes: changes)
        try write(file, String(decoding: SavedPlanCodec.encode(backdated), as: UTF8.self))
    }

    /// Makes a saved plan's registrations go to another URL, with the checksum that it then needs.
    fileprivate func redirect(_ file: String, to url: String) throws {
        let saved = try SavedPlanCodec.decode(Array(read(file).utf8))
        let changes = try saved.changes.mapValues { change in
            let after = try #require(change.after)
            return SavedChange(
                action: change.action, reasons: change.reasons, before: change.before,
                after: Registration(
                    baseURL: after.baseURL, flow: after.flow, webhookURL: try WebhookURL(url),
                    mode: after.mode),
                fingerprints: change.fingerprints, firstLineage: change.firstLineage)
        }
        let redirected = SavedPlan(
            createdAt: saved.createdAt, tool: saved.tool, options: saved.options,
            files: saved.files, records: saved.records, changes: changes)
        try write(file, String(decoding: SavedPlanCodec.encode(redirected), as: UTF8.self))
    }
}
