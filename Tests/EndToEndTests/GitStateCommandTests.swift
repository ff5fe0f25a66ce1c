import JSONSyntax
import TestSupport
import Testing

/// What else reads and writes records, on the branch.
@Suite struct GitStateCommandTests {
    @Test func `list and show read the branch, and show prints what it holds`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let list = try await clone.run("state", "list")
            #expect(list.status == 0)
            #expect(list.output.contains("uat"))
            let shown = try await clone.run("state", "show", "uat", "--format", "json")
            let record = try await scene.record("uat")
            for key in ["checksum", "lineage", "serial", "applied"] {
                #expect(try shown.json[key] == record?[key])
            }
            let nobody = try await clone.run("state", "show", "nobody")
            #expect(nobody.status == 1)
        }
    }

    @Test func `import, move and forget are a commit each, and others see them`() async throws {
        try await GitScene.withClone { scene, clone, server in
            var other = try await scene.clone("other")
            let imported = try await clone.run("state", "import", "uat", "--format", "json")
            #expect(imported.status == 0, "\(imported.error)")
            #expect(try await other.run("plan", "--detailed-exitcode").status == 0)
            #expect(try await other.run("state", "import", "uat").status == 1)

            try scene.configure(
                &other, [.init(name: "zulu", url: "https://uat.lender.example/bankconnect")])
            let moved = try await other.run("state", "move", "uat", "zulu")
            #expect(moved.status == 0, "\(moved.error)")
            let gone = try await scene.record("uat")
            #expect(gone == nil)
            let record = try await scene.record("zulu")
            #expect(record?["serial"] == .integer(2))

            #expect(try await clone.run("state", "forget", "zulu").status == 0)
            let files = try await scene.remote.git("ls-tree", "--name-only", GitScene.branch)
            #expect(files == ".gitattributes")
            #expect(server.requests.isEmpty)
            for subject in try await scene.subjects() {
                #expect(subject.hasPrefix("bankhook: ") && subject.hasSuffix(" [skip ci]"))
            }
        }
    }

    @Test func `a saved plan is stale once another clone has applied`() async throws {
        try await GitScene.withClone { scene, clone, server in
            #expect(try await clone.run("plan", "--out", "plan.json").status == 0)
            let other = try await scene.clone("other")
            #expect(try await other.apply().status == 0)
            let stale = try await clone.run("apply", "plan.json")
            #expect(stale.status == 4)
            #expect(server.requests.count == 1)
            #expect(try await clone.run("plan", "--out", "plan.json").status == 0)
            #expect(try await clone.run("apply", "plan.json").status == 0)
        }
    }

    @Test func `a file on the branch that is no record is damage and never no state`()
        async throws
    {
        try await GitScene.withClone { scene, clone, server in
            #expect(try await clone.apply().status == 0)
            let path = "\(scene.folder)/hand"
            try await scene.remote.git("clone", "--quiet", "--branch", GitScene.branch, ".", path)
            let hand = Workspace(directory: path)
            try hand.write("uat.json", "")
            let repository = GitRepository(existing: path)
            try await repository.commit("damage")
            try await repository.git("push", "--quiet", "origin", GitScene.branch)
            for arguments in [["plan"], ["apply", "--auto-approve", "--reassert"]] {
                let result = try await Bankhook.run(
                    arguments, in: clone.directory, variables: clone.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("bankhook-state:./uat.json"))
            }
            #expect(server.requests.count == 1)
        }
    }
}
