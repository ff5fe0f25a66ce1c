import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// `apply --watch-receipts`: the wait for the first delivery at a new URL.
@Suite struct WatchTests {
    // MARK: What arrives

    @Test func `the first webhook at the new URL ends the wait with 0`() async throws {
        try await WatchScene.with { scene in
            let result = try await scene.apply(within: "10m") { _ in
                try await scene.trigger("L 1")
            }
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output.contains("Watch: uat: first delivery after 00:0"))
            #expect(result.output.contains("(link_id L 1, entity_id "))
            #expect(!result.error.contains("error"))
            #expect(try await scene.registeredURL() == .string(scene.listener.baseURL + "/new"))
        }
    }

    @Test func `receipts of before do not count, and nothing is silence with 3`() async throws {
        try await WatchScene.with { scene in
            try await scene.trigger("before")
            #expect(try scene.workspace.read(WatchScene.receipts).contains("before"))
            let result = try await scene.apply(
                within: "1s", ["--format", "json", "--out-markdown", "report.md"])
            #expect(result.status == 3)
            let watch = try #require(try result.json["watch"])
            #expect(watch["status"] == "silent" && watch["environment"] == "uat")
            #expect(watch["error"]?["code"] == "watch_silent")
            #expect(watch["seconds"] == .integer(1) && watch["within_seconds"] == .integer(1))
            #expect(try ApplyResult(result: result).word("uat") == "applied")
            for text in [
                "error: uat: nothing arrived at the new URL within 1s",
                "\(scene.listener.baseURL)/new stands registered since 20",
                "nobody uploaded a statement",
                "bankhook payloads --environment uat --link-id ID ; bankhook probe uat",
                "write webhook_url: \(scene.listener.baseURL)/old at uat in bankhook.yaml:",
                "bankhook apply --target uat --auto-approve",
            ] {
                #expect(result.error.contains(text))
            }
            #expect(try scene.workspace.read("report.md").contains("**First delivery**"))
            // It never goes back by itself.
            #expect(try await scene.registeredURL() == .string(scene.listener.baseURL + "/new"))
        }
    }

    @Test func `a saved plan and a terminal wait in the same way`() async throws {
        try await WatchScene.with { scene in
            let saved = try await scene.run(["plan", "--out", "plan.json"])
            #expect(saved.status == 0)
            let result = try await scene.workspace.startOnTerminal([
                "apply", "plan.json", "--watch-receipts", WatchScene.receipts, "--within", "1s",
            ]) { _, terminal in
                try await terminal.read(until: "uat: waiting for its first delivery, 00:00 of 1s")
            }
            #expect(result.status == 3)
        }
    }

    @Test func `a probe is no delivery`() async throws {
        try await WatchScene.with { scene in
            let result = try await scene.apply(within: "2s") { _ in
                let probe = try await scene.run(["probe", "uat"])
                #expect(probe.status == 0)
            }
            #expect(result.status == 3)
            #expect(result.output.hasSuffix("Watch: uat: no delivery within 2s\n"))
        }
    }

    @Test func `a receipts file that is replaced meanwhile claims nothing`() async throws {
        try await WatchScene.with { scene in
            let result = try await scene.apply(within: "10m", ["--format", "json"]) { _ in
                try FileManager.default.moveItem(
                    atPath: scene.workspace.path(WatchScene.receipts),
                    toPath: scene.workspace.path("rotated"))
            }
            #expect(result.status == 3)
            #expect(try result.json["watch"]?["status"] == "baseline_lost")
            #expect(result.error.contains("cannot tell whether anything arrived"))
            #expect(!result.error.contains("nothing arrived"))
        }
    }

    // MARK: While it waits

    @Test func `a report file tells before the wait what holds if the process dies in it`()
        async throws
    {
        try await WatchScene.with { scene in
            try scene.workspace.write("report.json", "of another run")
            let result = try await scene.apply(
                within: "10m", ["--format", "json", "--out-json", "report.json"]
            ) { _ in
                let report = try JSONParser.parse(
                    Array(try scene.workspace.read("report.json").utf8))
                #expect(report["watch"]?["status"] == "interrupted")
                #expect(report["watch"]?["environment"] == "uat")
                try await scene.trigger("first")
            }
            #expect(result.status == 0)
            #expect(try scene.workspace.read("report.json") == result.output)
            #expect(try result.json["watch"]?["status"] == "delivered")
        }
    }

    @Test func `nobody is locked out while it waits, and what is recorded is told before`()
        async throws
    {
        try await WatchScene.with { scene in
            let result = try await scene.apply(within: "10m") { _ in
                #expect(try scene.workspace.read("bankhook.state/.lock").isEmpty)
                let other = try await scene.run(["apply", "--auto-approve", "--reassert"])
                #expect(other.status == 0, "\(other.error)")
                try await scene.trigger("L")
            }
            #expect(result.status == 0)
            let commit = try #require(result.error.range(of: "commit them"))
            let wait = try #require(result.error.range(of: "waiting up to"))
            #expect(commit.upperBound < wait.lowerBound)
        }
    }

    @Test func `a signal ends the wait at once, and the registration stands`() async throws {
        try await WatchScene.with { scene in
            let began = ContinuousClock.now
            let result = try await scene.apply(
                within: "1h", ["--format", "json", "--out-json", "report.json"]
            ) { running in
                try running.send(signal: .terminate)
            }
            #expect(result.status == 143)
            #expect(ContinuousClock.now - began < .seconds(60))
            #expect(try result.json["watch"]?["status"] == "interrupted")
            #expect(try ApplyResult(result: result).word("uat") == "applied")
            #expect(result.error.contains("no delivery was seen yet"))
            #expect(result.error.contains("/new stands registered since 20"))
            #expect(try scene.workspace.read("report.json") == result.output)
            #expect(try scene.workspace.record("uat")?["pending"] == .null)
        }
    }

    @Test func `that nothing is watched is said though it is quiet`() async throws {
        try await WatchScene.with { scene in
            let first = try await scene.run(["apply", "--auto-approve"])
            #expect(first.status == 0)
            let result = try await scene.apply(within: "1s", ["--quiet"])
            #expect(result.status == 0)
            #expect(result.error.contains("no URL changed: nothing to watch for"))
        }
    }

    @Test func `a git store holds no lease while it waits`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            try clone.write("receipts", "")
            let other = try await scene.clone("other")
            let result = try await clone.watch([
                "apply", "--auto-approve", "--watch-receipts", "receipts", "--within", "1s",
            ]) { _ in
                let second = try await other.run("apply", "--auto-approve", "--reassert")
                #expect(second.status == 0, "\(second.error)")
            }
            #expect(result.status == 3, "\(result.error)")
            #expect(result.error.contains("there is no way back from a first registration"))
        }
    }

    // MARK: What is not waited for

    @Test func `where no URL changes it ends as without the option`() async throws {
        try await WatchScene.with { scene in
            var scene = scene
            // A mode and a reassert are no change of URL; nothing is looked at either.
            try scene.workspace.configure(
                [.init(name: "uat", url: scene.listener.baseURL + "/old", mode: "net_banking")],
                baseURL: scene.emulator.baseURL)
            for more in [["--allow", "mode-downgrade"], ["--reassert"], []] {
                let result = try await scene.run(
                    ["apply", "--auto-approve", "--watch-receipts", "missing"] + more)
                #expect(result.status == 0, "\(result.error)")
                #expect(result.error.contains("no URL changed: nothing to watch for"))
            }
        }
    }

    @Test func `a new URL that was not applied is not waited for, and keeps its status`()
        async throws
    {
        try await withHostileServer(script: [.respond(400)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                try workspace.write("receipts", "")
                let applied = try await workspace.apply("--watch-receipts", "receipts")
                #expect(applied.status == 3)
                #expect(try applied.result.json["watch"]?["status"] == "nothing_to_watch")
                #expect(applied.result.error.contains("the new URL of uat was not confirmed"))
            }
        }
    }

    @Test func `a delivery does not hide what failed elsewhere`() async throws {
        try await WatchScene.with { scene in
            var scene = scene
            let fault = #"[{"path": "/bank-connect/v1/entity/update_webhook/", "times": 1, "#
            try scene.workspace.configure(
                [
                    .init(name: "a", url: scene.listener.baseURL + "/a"),
                    .init(name: "uat", url: scene.listener.baseURL + "/old"),
                ], baseURL: scene.emulator.baseURL)
            let first = try await scene.run(["apply", "--auto-approve"])
            #expect(first.status == 0)
            try scene.workspace.configure(
                [
                    .init(name: "a", url: scene.listener.baseURL + "/a", mode: "net_banking"),
                    .init(name: "uat", url: scene.listener.baseURL + "/new"),
                ], baseURL: scene.emulator.baseURL)
            try await scene.emulator.put("faults", fault + #""status": 400}]"#)
            let names = try await scene.emulator.list("registrations").compactMap { each in
                each["webhook_url"] == .string(scene.listener.baseURL + "/old")
                    ? each["account"] : nil
            }
            guard case .string(let account)? = names.first else {
                Issue.record("no account")
                return
            }
            let settled = scene
            let result = try await scene.apply(
                within: "10m", ["--allow", "mode-downgrade", "--parallelism", "1"]
            ) { _ in
                let event = try await settled.run([
                    "trigger", "completed", "--mode", "manual", "--account", account,
                    "--emulator", settled.emulator.baseURL,
                ])
                #expect(event.status == 0, "\(event.error)")
            }
            #expect(result.output.contains("first delivery"))
            #expect(result.status == 3)
        }
    }

    // MARK: Refused before anything is sent

    @Test func `several new URLs are refused with their names, and one is chosen`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat"), .init(name: "zulu")], baseURL: server.baseURL)
                try workspace.write("receipts", "")
                let options = ["apply", "--auto-approve", "--watch-receipts", "receipts"]
                let refused = try await Bankhook.run(
                    options, in: workspace.directory, variables: workspace.variables)
                #expect(refused.status == 1)
                #expect(refused.error.contains("uat, zulu"))
                #expect(refused.error.contains("--target NAME"))
                #expect(server.requests.isEmpty)
                let chosen = try await Bankhook.run(
                    options + ["--target", "uat", "--within", "1s"], in: workspace.directory,
                    variables: workspace.variables)
                #expect(chosen.status == 3)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test func `a source that cannot tell is refused, and nothing is sent`() async throws {
        try await withHostileServer(script: [.respond(200, body: "ok")]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                try workspace.write("notes", "nothing of ours\n")
                for (source, status) in [
                    ("missing", 1), ("notes", 1), (".", 1),
                    ("\(server.baseURL)/count?key=canary", 1),
                    ("http://127.0.0.1:1/count?key=canary", 1),
                    ("http://hooks.lender.example/?key=canary", 64),
                    ("https://user:canary@hooks.lender.example/", 64),
                ] {
                    let applied = try await workspace.apply("--watch-receipts", source)
                    #expect(applied.status == status, "\(applied.result.error)")
                    #expect(!(applied.result.error + applied.result.output).contains("canary"))
                }
                #expect(server.requests.allSatisfy { $0.method == "GET" })
                #expect(!workspace.exists("bankhook.state/uat.json"))
                try workspace.configure(
                    [.init(name: "uat", more: ["flow: session"])], baseURL: server.baseURL)
                try workspace.write("receipts", "")
                let session = try await workspace.apply("--watch-receipts", "receipts")
                #expect(session.status == 1)
                #expect(session.result.error.contains("flow: session"))
                // What a run reads is never replaced by what it writes.
                let same = try await workspace.apply(
                    "--watch-receipts", "receipts", "--out-json", "receipts")
                #expect(same.status == 1)
                #expect(try workspace.read("receipts").isEmpty)
            }
        }
    }
}
