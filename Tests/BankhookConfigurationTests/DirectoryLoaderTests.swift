import BankhookConfiguration
import BankhookModel
import FoundationEssentials
import SourceText
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Which files of a directory are read.
@Suite struct DirectoryLoaderTests {
    /// A directory `d`, and beside it whatever a test puts there.
    private struct Folder {
        let root: String

        init(in root: String) throws {
            self.root = root
            try make("d")
        }

        func make(_ name: String) throws {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(name)", withIntermediateDirectories: true)
        }

        func write(_ name: String, environment: String) throws {
            try write(
                name,
                text: "version: 1\nenvironments: {\(environment): {webhook_url: "
                    + "'https://a.example/', webhook_mode: 0, credentials: {api_key: {env: A}, "
                    + "server_hash: {env: B}}}}\n")
        }

        func write(_ name: String, text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(root)/\(name)"))
        }

        func link(_ name: String, to destination: String) throws {
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/\(name)", withDestinationPath: destination)
        }

        func load(_ path: String = "d") -> ConfigurationResult {
            ConfigurationLoader.load(path: "\(root)/\(path)")
        }

        func names(_ path: String = "d") -> [String]? {
            load(path).configuration?.environments.map(\.name.text)
        }

        /// The first lines of all mistakes.
        func sentences(_ path: String = "d") -> [String] {
            load(path).report.sorted.map {
                "\($0.file.path.replacing("\(root)/", with: "")): \($0.sentence)"
            }
        }
    }

    private func with(_ body: (Folder) throws -> Void) async throws {
        try await withTemporaryDirectory { try body(Folder(in: $0)) }
    }

    @Test func `every yaml and yml file directly in it is read, and nothing else`() async throws {
        try await with { folder in
            try folder.write("d/b.yaml", environment: "b")
            try folder.write("d/a.yml", environment: "a")
            try folder.make("d/sub")
            for other in [
                ".hidden.yaml", ".yaml", "c.yaml.bak", "d.json", "e.YAML", "yaml", "sub/f.yaml",
            ] {
                try folder.write("d/\(other)", environment: "other")
            }
            #expect(folder.names() == ["a", "b"])
            #expect(folder.names("d/") == ["a", "b"])
        }
    }

    @Test func `files come in the byte order of their names`() async throws {
        try await with { folder in
            for name in ["b", "B", "a-", "a", "é", "10", "9"] {
                try folder.write("d/\(name).yaml", environment: "same")
            }
            try folder.write("d/a.yml", environment: "other")
            let files = folder.load().report.sorted.flatMap(\.notes).map(\.file.path)
            #expect(Set(files) == ["\(folder.root)/d/10.yaml"])
            try folder.write("d/10.yaml", environment: "ten")
            let second = folder.load().report.sorted.flatMap(\.notes).map(\.file.path)
            #expect(Set(second) == ["\(folder.root)/d/9.yaml"])
        }
    }

    @Test func `a mistake's file is the path as it was given, whatever its slash`() async throws {
        try await with { folder in
            try folder.write("d/a.yaml", text: "version: 2\nenvironments: {}\n")
            for path in ["d", "d/"] {
                #expect(
                    folder.load(path).report.text.hasPrefix("\(folder.root)/d/a.yaml:1:10: error:"))
            }
        }
    }

    @Test func `links are followed within the directory, and refused out of it`() async throws {
        try await with { folder in
            try folder.make("d/..data")
            try folder.make("d2")
            try folder.write("d/..data/real.yaml", environment: "mounted")
            try folder.write("d2/out.yaml", environment: "out")
            try folder.link("d/a.yaml", to: "..data/real.yaml")
            try folder.link("linked", to: "d")
            #expect(folder.names() == ["mounted"])
            #expect(folder.names("linked") == ["mounted"])
            try folder.link("d/b.yaml", to: "../d2/out.yaml")
            try folder.link("d/c.yaml", to: "\(folder.root)/d2/out.yaml")
            try folder.link("d/d.yaml", to: "nothing")
            let refusal = "it is a link that leaves the directory"
            let hint = "put the file itself there: whoever owns the directory must own what it says"
            #expect(
                folder.sentences() == [
                    "d/b.yaml: \(refusal); \(hint)", "d/c.yaml: \(refusal); \(hint)",
                    "d/d.yaml: it is a link to nothing; mend it, or remove it",
                ])
        }
    }

    @Test func `what is no file is refused by name, beside the mistakes of the others`()
        async throws
    {
        try await with { folder in
            try folder.write("d/a.yaml", text: "version: 1\nenvironments: {a: {flow: x}}\n")
            try folder.make("d/folder.yaml")
            #expect(unsafe mkfifo("\(folder.root)/d/pipe.yml", 0o600) == 0)
            try folder.link("d/zero.yaml", to: "/dev/zero")
            let wayOut = "move it out of the directory, or give it another name"
            #expect(
                folder.sentences().filter { !$0.contains("has no") } == [
                    "d/a.yaml: unknown flow 'x'; use entity or session",
                    "d/folder.yaml: it is a directory, not a regular file; \(wayOut)",
                    "d/pipe.yml: it is a named pipe, not a regular file; \(wayOut)",
                    "d/zero.yaml: it is a link that leaves the directory; put the file itself "
                        + "there: whoever owns the directory must own what it says",
                ])
        }
    }

    @Test func `the policy file among the files of the configuration is one mistake`()
        async throws
    {
        try await with { folder in
            try folder.write("d/a.yaml", environment: "a")
            try folder.write("d/policy.yaml", text: "webhook_hosts: []\n")
            let report = ConfigurationLoader.load(
                path: "\(folder.root)/d", policyPath: "\(folder.root)/d/../d/policy.yaml"
            ).report
            #expect(
                report.sorted.map(\.code) == ["webhook_host_not_allowed", "policy_in_directory"])
        }
    }

    @Test func `a directory without YAML is a mistake that says so`() async throws {
        try await with { folder in
            try folder.write("d/a.txt", text: "")
            #expect(
                folder.load().report.text == """
                    \(folder.root)/d:1:1: error: the directory holds no *.yaml or *.yml file; put one into it, or name another one
                    1 error
                    """)
        }
    }

    @Test func `more than 64 MiB of text together are not read`() async throws {
        try await with { folder in
            try folder.write("d/a.yaml", environment: "a")
            try folder.write("d/b.yaml", text: "")
            #expect(unsafe truncate("\(folder.root)/d/b.yaml", 64 << 20) == 0)
            #expect(
                folder.sentences() == [
                    "d/b.yaml: the files up to it are larger than 64 MiB together; "
                        + "move out of the directory what is no configuration"
                ])
        }
    }
}
