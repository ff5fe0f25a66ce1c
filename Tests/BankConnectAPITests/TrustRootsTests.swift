import BankConnectAPI
import FoundationEssentials
import TestSupport
import Testing

struct TrustRootsTests {
    @Test func `a file with a certificate is taken`() async throws {
        try await withTemporaryDirectory { path in
            let file = try TestCertificateAuthority().writeCAFile(to: path)
            _ = try TrustRoots.find(variables: ["SSL_CERT_FILE": file])
            try TrustRoots.check(file, namedBy: "ca_file")
        }
    }

    @Test(arguments: ["missing", "empty", "text", "key", "directory"])
    func `a file without a readable certificate is named with who names it`(
        kind: String
    ) async throws {
        try await withTemporaryDirectory { path in
            let file = path + "/ca.pem"
            switch kind {
            case "empty": try write("", to: file)
            case "text": try write("no certificate\n", to: file)
            case "key": try write(TestCertificateAuthority().issue().privateKeyPEM, to: file)
            case "directory":
                try FileManager.default.createDirectory(
                    atPath: file, withIntermediateDirectories: false)
            default: break
            }
            let words =
                "names \(file), which is no readable file of PEM certificates "
                + "(-----BEGIN CERTIFICATE-----)"
            let found = #expect(throws: TrustRoots.Problem.self) {
                try TrustRoots.find(variables: ["SSL_CERT_FILE": file])
            }
            #expect(found?.description == "SSL_CERT_FILE \(words)")
            let checked = #expect(throws: TrustRoots.Problem.self) {
                try TrustRoots.check(file, namedBy: "'uat': ca_file")
            }
            #expect(checked?.description == "'uat': ca_file \(words)")
        }
    }

    private func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file))
    }
}
