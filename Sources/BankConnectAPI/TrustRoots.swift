internal import NIOSSL
internal import SystemCalls

/// The certificates that vouch for an API host.
package struct TrustRoots: Sendable {
    /// A PEM file with the system's roots, or the one that `SSL_CERT_FILE` names.
    package let file: String

    /// How many certificates a PEM file holds; 0 where it is not readable.
    package static func count(in path: String) -> Int {
        guard case .file? = try? FileContent.read(path: path, limit: fileLimit) else { return 0 }
        return (try? NIOSSLCertificate.fromPEMFile(path).count) ?? 0
    }

    /// The largest file that is read, in bytes.
    private static let fileLimit = 16 << 20

    /// Where Linux distributions and the BSDs keep their roots.
    private static let systemFiles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ]

    /// Why a host cannot be verified.
    package struct Problem: Error, CustomStringConvertible, Sendable {
        package let description: String
    }

    /// Finds the roots. Throws where none are, and names where it looked.
    package static func find(variables: [String: String]) throws(Problem) -> TrustRoots {
        if let named = variables["SSL_CERT_FILE"], !named.isEmpty {
            try check(named, namedBy: "SSL_CERT_FILE")
            return TrustRoots(file: named)
        }
        for file in systemFiles where holdsCertificates(file) {
            return TrustRoots(file: file)
        }
        throw Problem(
            description: "no trust roots found (\(systemFiles.joined(separator: ", "))): install "
                + "ca-certificates, or name a PEM file in SSL_CERT_FILE")
    }

    /// Throws unless a file holds at least one readable certificate.
    package static func check(_ path: String, namedBy source: String) throws(Problem) {
        guard holdsCertificates(path) else {
            throw Problem(
                description:
                    "\(source) names \(path), which is no readable file of PEM certificates "
                    + "(-----BEGIN CERTIFICATE-----)")
        }
    }

    private static func holdsCertificates(_ path: String) -> Bool { count(in: path) > 0 }
}
