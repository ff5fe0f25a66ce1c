import Testing

/// `--shard` on plan and apply.
@Suite struct ShardTests {
    @Test func `the runners of a matrix apply a fleet together`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                let names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
                try workspace.configure(names.map { .init(name: $0) }, baseURL: emulator.baseURL)
                for shard in ["1/3", "2/3", "3/3"] {
                    #expect(try await workspace.apply("--shard", shard).status == 0)
                }
                let plan = try await workspace.run("plan", "--detailed-exitcode")
                #expect(plan.status == 0)
                // Each was sent by one of the three.
                #expect(try await emulator.list("requests").count == names.count)
            }
        }
    }
}
