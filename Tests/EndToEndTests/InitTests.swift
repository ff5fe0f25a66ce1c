import Foundation
import TestSupport
import Testing

/// `init`: a file to begin with, and `explain` for what a newcomer meets next.
@Suite struct InitTests {
    @Test func `it lacks each URL, and is valid and applied once they are there`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                let made = try await workspace.run("init", "--environment", "uat,prod-2")
                #expect(made.status == 0)
                #expect(made.output == "bankhook.yaml written for uat, prod-2\n")
                let starter = try workspace.read("bankhook.yaml")
                #expect(starter.hasPrefix("# yaml-language-server: $schema="))
                #expect(
                    starter.contains("copy the folder schema of bankhook's"))
                let mistakes = try await workspace.run("validate")
                #expect(mistakes.status == 1)
                #expect(mistakes.error.components(separatedBy: "'webhook_url' is null").count == 3)

                try workspace.write(
                    "bankhook.yaml",
                    starter.replacing(
                        /base_url: \S+/, with: "base_url: \(server.baseURL)"
                    ).replacing("# base_url", with: "base_url")
                        .replacing("webhook_url:", with: "webhook_url: https://a.example/b"))
                let variables = Dictionary(
                    uniqueKeysWithValues: ["UAT", "PROD_2"].flatMap { name in
                        ["API_KEY", "SERVER_HASH"].map { ("BANKCONNECT_\(name)_\($0)", "\(name)x") }
                    })
                let applied = try await Bankhook.run(
                    ["apply", "--auto-approve"], in: workspace.directory, variables: variables)
                #expect(applied.status == 0, "\(applied.error)")
                #expect(applied.output.hasSuffix("Apply: 2 applied.\n"))
            }
        }
    }

    @Test func `a file that exists is left as it is`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("bankhook.yaml", "mine\n")
            let result = try await workspace.run("init")
            #expect(result.status == 1)
            #expect(result.error.contains("bankhook.yaml exists; it is left as it is"))
            #expect(try workspace.read("bankhook.yaml") == "mine\n")
        }
    }

    @Test func `to adopt is explained in the file`() async throws {
        try await Workspace.with { workspace in
            _ = try await workspace.run("init", "--adopt", "--config", "own.yaml")
            let text = try workspace.read("own.yaml")
            #expect(text.contains("taken over by sending them once more"))
            #expect(text.contains("state import NAME"))
        }
    }

    @Test(arguments: [["init", "--environment", "A B"], ["init", "--environment", "a,a"]])
    func `names that cannot be are 64, and nothing is written`(arguments: [String]) async throws {
        try await Workspace.with { workspace in
            let result = try await Bankhook.run(
                arguments, in: workspace.directory, variables: [:])
            #expect(result.status == 64)
            #expect(!FileManager.default.fileExists(atPath: workspace.path("bankhook.yaml")))
        }
    }

    @Test func `a code is explained, and an unknown one suggests a near one`() async throws {
        try await Workspace.with { workspace in
            let known = try await workspace.run("explain", "mode-downgrade")
            #expect(known.status == 0)
            #expect(known.output.contains("--allow mode-downgrade"))
            let list = try await workspace.run("explain").output.split(separator: "\n")
            #expect(list.count > 100)
            #expect(list.allSatisfy { $0.wholeMatch(of: /[a-z0-9_]+ {2,}\S.*\./) != nil })
            #expect(list.contains { $0.hasPrefix("mode_downgrade ") })
            let unknown = try await workspace.run("explain", "mode_downgade")
            #expect(unknown.status == 64)
            #expect(unknown.error.contains("did you mean mode_downgrade?"))
        }
    }
}
