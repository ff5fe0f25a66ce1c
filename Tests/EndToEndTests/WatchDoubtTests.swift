import JSONSyntax
import TestSupport
import Testing

/// `apply --watch-receipts` where what arrives may say nothing of the new URL.
@Suite struct WatchDoubtTests {
    @Test func `what another run registered meanwhile is not taken back`() async throws {
        try await WatchScene.with(inGit: true) { scene in
            let result = try await scene.apply(within: "15s", ["--format", "json"]) { _ in
                var other = scene
                try other.declare("/other")
                #expect(try await other.run(["apply", "--auto-approve"]).status == 0)
            }
            #expect(result.status == 3)
            #expect(try result.json["watch"]?["status"] == "baseline_lost")
            #expect(try result.json["watch"]?["way_back"] == .null)
            #expect(result.error.contains("another run has changed the record of uat"))
            #expect(!result.error.contains("stands registered"))
        }
    }

    @Test func `a delivery does not count where another environment took the URL meanwhile`()
        async throws
    {
        try await WatchScene.with(inGit: true) { scene in
            let result = try await scene.apply(within: "10m", ["--format", "json"]) { _ in
                var other = scene
                let url = scene.listener.baseURL + "/new"
                try other.workspace.configure(
                    [.init(name: "uat", url: url), .init(name: "zulu", url: url)],
                    baseURL: scene.emulator.baseURL)
                #expect(try await other.run(["apply", "--auto-approve"]).status == 0)
                try await scene.trigger("first")
            }
            #expect(result.status == 3)
            #expect(try result.json["watch"]?["status"] == "baseline_lost")
            #expect(result.error.contains("'zulu' was registered at the same URL meanwhile"))
            #expect(result.error.contains("to go back: "))
        }
    }

    @Test func `a delivery does not count where the records cannot be read again`() async throws {
        try await WatchScene.with(inGit: true) { scene in
            let result = try await scene.apply(within: "10m", ["--format", "json"]) { _ in
                try scene.workspace.write("bankhook.state/uat.json", "{")
                try await scene.trigger("first")
            }
            #expect(result.status == 3)
            #expect(try result.json["watch"]?["status"] == "baseline_lost")
            #expect(try result.json["watch"]?["way_back"] == .null)
            #expect(result.error.contains("the records could not be read again"))
            #expect(result.error.contains("bankhook.state/uat.json is damaged"))
        }
    }

    @Test func `an environment with the same URL cannot be told apart, and nothing is sent`()
        async throws
    {
        try await WatchScene.with { scene in
            var scene = scene
            let url = scene.listener.baseURL + "/old"
            try scene.workspace.configure(
                [.init(name: "uat", url: url), .init(name: "zulu", url: url)],
                baseURL: scene.emulator.baseURL)
            let result = try await scene.apply(within: "1s")
            #expect(result.status == 1)
            #expect(result.error.contains("cannot tell zulu from uat, which has the same URL"))
            #expect(try await scene.emulator.list("registrations").count == 1)
        }
    }

    @Test func `one URL with other secrets in it is another URL`() async throws {
        try await WatchScene.with { scene in
            var scene = scene
            let url = scene.listener.baseURL + "/hook/{token}"
            let secret = "webhook_secrets: { token: { env: TOKEN } }"
            scene.workspace.variables["TOKEN"] = "0123456789abcdef"
            scene.workspace.variables["OTHER"] = "fedcba9876543210"
            try scene.workspace.configure(
                [
                    .init(name: "uat", url: url, more: [secret]),
                    .init(
                        name: "zulu", url: url,
                        more: [secret.replacing("TOKEN", with: "OTHER")]),
                ], baseURL: scene.emulator.baseURL)
            let result = try await scene.apply(within: "1s", ["--target", "zulu"])
            #expect(result.status == 3)
            #expect(result.output.contains("Watch: zulu: no delivery within 1s"))
        }
    }

    @Test func `secrets of one value make one URL, whatever they are called`() async throws {
        try await WatchScene.with { scene in
            var scene = scene
            let url = scene.listener.baseURL + "/hook"
            scene.workspace.variables["ONE"] = "0123456789abcdef"
            scene.workspace.variables["TWO"] = "0123456789abcdef"
            try scene.workspace.configure(
                [
                    .init(
                        name: "uat", url: url + "/{token}",
                        more: ["webhook_secrets: { token: { env: ONE } }"]),
                    .init(
                        name: "zulu", url: url + "/{key}",
                        more: ["webhook_secrets: { key: { env: TWO } }"]),
                ], baseURL: scene.emulator.baseURL)
            let result = try await scene.apply(within: "1s", ["--target", "zulu"])
            #expect(result.status == 1)
            #expect(result.error.contains("cannot tell zulu from uat"))
            #expect(try await scene.registeredURL() == .string(scene.listener.baseURL + "/old"))
        }
    }

    @Test func `a renamed environment's old record may be of the same URL`() async throws {
        try await WatchScene.with { scene in
            var scene = scene
            let url = scene.listener.baseURL + "/hook/{token}"
            let more = ["webhook_secrets: { token: { env: TOKEN } }"]
            scene.workspace.variables["TOKEN"] = "0123456789abcdef"
            try scene.workspace.configure(
                [.init(name: "uat", url: url, more: more)], baseURL: scene.emulator.baseURL)
            #expect(try await scene.run(["apply", "--auto-approve"]).status == 0)
            try scene.workspace.configure(
                [.init(name: "zulu", url: url, more: more)], baseURL: scene.emulator.baseURL)
            let result = try await scene.apply(within: "1s")
            #expect(result.status == 1)
            #expect(result.error.contains("cannot tell zulu from uat"))
        }
    }

    @Test func `a webhook that recover delivers meanwhile is none of BankConnect's`() async throws {
        try await WatchScene.with { scene in
            try await scene.trigger("lost")
            let result = try await scene.apply(within: "3s") { _ in
                let recovered = try await scene.run([
                    "recover", "--environment", "uat", "--link-id", "lost",
                ])
                #expect(recovered.status == 0, "\(recovered.error)")
                #expect(
                    recovered.error.contains("1 delivered")
                        || recovered.output.contains("1 delivered"))
            }
            #expect(result.status == 3)
            #expect(result.output.contains("no delivery within 3s"))
            #expect(result.error.contains("1 new receipt in receipts.ndjson did not count"))
        }
    }

    @Test func `what may stand there by an intent without an outcome is a change of URL`()
        async throws
    {
        // Registered, in doubt, and sent again.
        let script: Script = [.respond(200), .respond(500), .respond(401), .respond(200)]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                func declare(_ path: String) throws {
                    try workspace.configure(
                        [.init(name: "uat", url: "https://hooks.lender.example/\(path)")],
                        baseURL: server.baseURL)
                }
                try workspace.write("receipts", "")
                try declare("old")
                #expect(try await workspace.apply().status == 0)
                try declare("new")
                #expect(try await workspace.apply().word("uat") == "in_doubt")
                try declare("old")
                let result = try await Bankhook.run(
                    [
                        "apply", "--auto-approve", "--watch-receipts", "receipts", "--within",
                        "1s",
                    ], in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 3)
                #expect(result.output.contains("Watch: uat: no delivery within 1s"))
                #expect(result.error.contains("this apply itself has gone back"))
            }
        }
    }
}
