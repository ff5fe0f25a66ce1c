import Foundation
import Testing

/// Arguments that cannot be used.
@Suite struct ArgumentTests {
    @Test(arguments: [
        ["nonsense"], ["plan", "--nonsense"], ["plan", "--format", "xml"], ["plan", "--config"],
        ["validate", "--format", "markdown"], ["state", "list", "--format", "markdown"],
        ["state", "history", "--format", "markdown"], ["state", "history", "a", "b"],
        ["plan", "--out-json", ""], ["plan", "--out-json", "-", "--format", "text"],
        ["plan", "--out-json", "-", "--out-markdown", "-"], ["plan", "--out-json"],
        ["plan", "--out-json", "x", "--out-markdown", "x"],
        ["plan", "--out-json", "x", "--out-markdown", "./x"],
        ["plan", "--comment-id", "x"], ["plan", "--format", "markdown", "--comment-id", "x-->"],
        ["apply", "--format", "markdown"], ["apply", "--out-json", "-"],
        ["plan", "--color", "sometimes"], ["plan", "--log-level", "loud"],
        ["completions", "tcsh"], ["completions"],
        ["plan", "--config", "-"], ["plan", "--policy", "-"], ["plan", "--policy", ""],
        ["apply", "--allow", "everything"],
        ["apply", "--force"],
        ["apply", "--parallelism", "0"], ["apply", "--parallelism", "257"],
        ["apply"], ["apply", "--format", "json"],
        ["apply", "--auto-approve", "--lock-timeout", "soon"], ["state", "show"],
        ["state", "import"], ["state", "forget"], ["state", "forget", "uat", "--allow", "all"],
        ["state", "move", "uat"], ["probe", "uat", "--url", "https://hooks.lender.example/"],
        ["probe", "--url", "hooks.lender.example"],
        ["probe", "--url", "http://hooks.lender.example"],
        ["probe", "--url", "https://hooks.lender.example/{token}"],
        ["state", "move", "uat", "uat"], ["state", "move", "uat", "b", "--lock-timeout", "soon"],
        ["plan", "--out", "-"], ["plan", "--out", ""], ["plan", "--allow", "protected"],
        ["plan", "--out", "same.json", "--out-json", "./same.json"],
        ["apply", "plan.json", "--target", "uat"], ["apply", "plan.json", "--reassert"],
        ["apply", "plan.json", "--out", "other.json"], ["apply", "plan.json", "--shard", "1/2"],
        ["apply", "-"], ["apply", ""], ["apply", "plan.json", "plan.json"],
        ["emulate", "--port", "70000"],
        ["emulate", "--tls-cert", "x"], ["emulate", "--tls", "--tls-cert", "x", "--tls-key", "y"],
        ["emulate", "--fault", "status=500"], ["emulate", "--fault", "path=/x,status=50"],
        ["trigger"], ["trigger", "completed"], ["trigger", "processing", "--mode", "manual"],
        ["trigger", "failed", "--mode", "pdf"],
        ["trigger", "completed", "--mode", "manual", "--reason", "x"],
        ["trigger", "completed", "--mode", "manual", "--emulator", "127.0.0.1"],
        ["trigger", "completed", "--mode", "manual", "--emulator", "ftp://127.0.0.1"],
        ["trigger", "failed", "--mode", "manual", "--entity-id", ""],
        ["plan", "--shard", "0/2"], ["plan", "--shard", "3/2"], ["plan", "--shard", "1"],
        ["plan", "--shard", "1/0"], ["plan", "--shard", "-1/2"], ["plan", "--shard", "1/2/3"],
        ["apply", "--auto-approve", "--shard", "a/2"], ["apply", "--auto-approve", "--shard", ""],
        ["doctor", "uat"], ["doctor", "--format", "markdown"], ["doctor", "--config", "-"],
        ["state", "unlock"], ["state", "accept-rewrite"], ["state", "migrate", "--from", "git"],
        ["state", "migrate", "--from", "git", "--to", "git"],
        ["state", "migrate", "--from", "git", "--to", "elsewhere"],
    ])
    func `unusable arguments end with 64 and touch nothing`(arguments: [String]) async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let result = try await Bankhook.run(
                arguments, in: workspace.directory, variables: workspace.variables)
            #expect(result.status == 64)
            #expect(!result.error.isEmpty)
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    @Test(arguments: [
        ("plan --environment uat", "did you mean --target?"),
        ("apply --environment=uat", "did you mean --target?"),
        ("recover --target uat --link-id L", "did you mean --environment?"),
        ("progress --target=uat", "did you mean --environment?"),
        ("plan uat", "an environment is named with --target uat"),
        ("apply uat production", "an environment is named with --target production"),
        ("payloads uat --link-id L", "an environment is named with --environment uat"),
        ("-c F validate", "options go after the command: bankhook validate -c …"),
        ("--config=F state list", "options go after the command: bankhook state --config …"),
        ("aply", "did you mean bankhook apply?"),
        ("history", "did you mean bankhook state history?"),
        ("show", "did you mean bankhook state show or bankhook config show?"),
        ("state histroy", "did you mean bankhook state history?"),
        ("frobnicate", "bankhook --help lists the commands"),
        ("state frobnicate", "bankhook state --help lists the commands"),
        ("apply --auto-approve --allow mode_downgrade", "did you mean mode-downgrade?"),
    ])
    func `what was probably meant is said below the mistake`(line: String, hint: String)
        async throws
    {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let result = try await Bankhook.run(
                line.split(separator: " ").map(String.init), in: workspace.directory,
                variables: workspace.variables)
            #expect(result.status == 64)
            let lines = result.error.split(separator: "\n").prefix(2)
            #expect(lines.first?.hasPrefix("error: ") == true)
            #expect(lines.last?.hasPrefix("       ") == !line.contains("--allow"))
            #expect(lines.contains { $0.hasSuffix(hint) }, "\(result.error)")
        }
    }

    @Test(arguments: [
        ["plan", "--frobnicate"], ["apply", "plan.json", "plan.json"], ["--versoin"],
    ])
    func `nothing is guessed where nothing is known`(arguments: [String]) async throws {
        try await Workspace.with { workspace in
            let result = try await Bankhook.run(
                arguments, in: workspace.directory, variables: [:])
            #expect(result.status == 64)
            #expect(!result.error.contains("\n       "), "\(result.error)")
        }
    }

    @Test func `an environment that stands where a plan or a pattern belongs is told how`()
        async throws
    {
        try await Workspace.with { workspace in
            try workspace.configure(
                [.init(name: "uat"), .init(name: "production")], baseURL: "http://127.0.0.1:1")
            let named = try await workspace.run("apply", "uat")
            #expect(named.status == 1)
            #expect(named.error.contains("uat is an environment: bankhook apply --target uat"))
            let missing = try await workspace.run("apply", "plan.json")
            #expect(missing.error.contains("save a plan with: bankhook plan --out FILE"))
            let list = try await workspace.run("plan", "--target", "production,ua*")
            #expect(list.status == 1)
            #expect(list.error.contains("repeats: --target production --target 'ua*'"))
            let unknown = try await workspace.run("plan", "--target", "production,other")
            #expect(unknown.error.contains("names: production, uat"))
        }
    }

    @Test func `the configuration comes from the option, the variable, then the folder`()
        async throws
    {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "from-variable")], baseURL: "http://127.0.0.1:1")
            try workspace.write("variable.yaml", try workspace.read("bankhook.yaml"))
            try workspace.configure([.init(name: "from-option")], baseURL: "http://127.0.0.1:1")
            try workspace.write("option.yaml", try workspace.read("bankhook.yaml"))
            try workspace.configure([.init(name: "from-folder")], baseURL: "http://127.0.0.1:1")
            #expect(try await workspace.run("plan").output.contains("from-folder"))
            workspace.variables["BANKHOOK_CONFIG"] = "variable.yaml"
            #expect(try await workspace.run("plan").output.contains("from-variable"))
            #expect(
                try await workspace.run("plan", "-c", "option.yaml").output.contains("from-option"))
        }
    }

    @Test func `no configuration is searched for in the folders above`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            try FileManager.default.createDirectory(
                atPath: workspace.path("below"), withIntermediateDirectories: false)
            let result = try await Bankhook.run(
                ["plan"], in: workspace.path("below"), variables: workspace.variables)
            #expect(result.status == 1)
            #expect(
                result.error.contains("bankhook.yaml:1:1: error: there is no such file in /"))
            #expect(result.error.contains("/below; name one with --config PATH"))
            #expect(result.error.contains("or begin one with bankhook init"))
        }
    }

    @Test func `help and version are data`() async throws {
        try await Workspace.with { workspace in
            for arguments in [["--version"], ["--help"], ["help", "plan"], ["apply", "--help"]] {
                let result = try await Bankhook.run(
                    arguments, in: workspace.directory, variables: [:])
                #expect(result.status == 0)
                #expect(!result.output.isEmpty)
                #expect(result.error.isEmpty)
            }
            let version = try await workspace.run("--version")
            #expect(version.output.hasPrefix("bankhook 0.1.0"))
        }
    }
}
