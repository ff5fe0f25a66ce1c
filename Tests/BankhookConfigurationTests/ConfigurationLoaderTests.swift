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

@Suite struct ConfigurationLoaderTests {
    private func report(_ path: String) -> String {
        let result = ConfigurationLoader.load(path: path)
        #expect(result.configuration == nil)
        return result.report.text.replacing(path, with: "FILE")
    }

    @Test func `what is no readable file is named, with the way out`() async throws {
        try await withTemporaryDirectory { directory in
            #expect(
                report("\(directory)/none.yaml")
                    == "FILE:1:1: error: there is no such file; name one with --config PATH or BANKHOOK_CONFIG, or begin one with bankhook init\n1 error"
            )
            #expect(
                report(directory)
                    == "FILE:1:1: error: the directory holds no *.yaml or *.yml file; put one into it, or name another one\n1 error"
            )
            #expect(unsafe mkfifo("\(directory)/pipe", 0o600) == 0)
            #expect(
                report("\(directory)/pipe")
                    == "FILE:1:1: error: it is a named pipe, not a regular file; name a regular file\n1 error"
            )
            #expect(
                report("/dev/zero")
                    == "FILE:1:1: error: it is a device or socket, not a regular file; name a regular file\n1 error"
            )
            try Data().write(to: URL(filePath: "\(directory)/empty.yaml"))
            #expect(
                report("\(directory)/empty.yaml").hasPrefix(
                    "FILE:1:1: error: the file holds no document"))
            #expect(report("\(directory)/empty.yaml/x").hasPrefix("FILE:1:1: error: open: "))
        }
    }

    @Test func `a file of more than 64 MiB is not read`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/large.yaml"
            try Data().write(to: URL(filePath: path))
            #expect(unsafe truncate(path, 64 << 20 + 1) == 0)
            #expect(report(path).hasPrefix("FILE:1:1: error: it is larger than 64 MiB"))
        }
    }

    @Test func `a file is read through a link, and its own paths are relative to the path given`()
        async throws
    {
        try await withTemporaryDirectory { directory in
            let text =
                "version: 1\nenvironments: {a: {webhook_url: 'https://a.example/', webhook_mode: 0, ca_file: r.pem, "
                + "credentials: {api_key: {file: k}, server_hash: {file: /h}}}}\n"
            try Data(text.utf8).write(to: URL(filePath: "\(directory)/real.yaml"))
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory)/link.yaml", withDestinationPath: "real.yaml")
            let result = ConfigurationLoader.load(path: "\(directory)/link.yaml")
            #expect(result.report.errors == 0)
            let environment = try #require(result.configuration?.environments.first)
            #expect(environment.certificateAuthorityFile?.path == "\(directory)/r.pem")
            #expect(
                environment.credentials.apiKey
                    == .file(ReferencedPath(written: "k", path: "\(directory)/k")))
            #expect(
                environment.credentials.serverHash
                    == .file(ReferencedPath(written: "/h", path: "/h")))
            #expect(result.configuration?.stateDirectory.path == "\(directory)/bankhook.state")
        }
    }
}
