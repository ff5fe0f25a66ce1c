import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A certificate authority in memory, with P-256 keys, for servers on the loopback.
package struct TestCertificateAuthority: Sendable {
    private let certificate: Certificate
    private let key: Certificate.PrivateKey

    /// The authority's certificate as PEM: what a `ca_file` holds.
    package let caPEM: String

    /// Makes an authority with a key of its own; throws what X509 says.
    package init(named name: String = "bankhook test authority") throws {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName { CommonName(name) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: Date.now.addingTimeInterval(-10 * Self.day),
            notValidAfter: Date.now.addingTimeInterval(10 * Self.day),
            issuer: name, subject: name,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key)
        caPEM = try certificate.serializeAsPEM().pemString
        self.certificate = certificate
        self.key = key
    }

    /// Writes `ca.pem` into `directory` and returns the path of the file.
    package func writeCAFile(to directory: String) throws -> String {
        let path = directory + "/ca.pem"
        try Data(caPEM.utf8).write(to: URL(filePath: path))
        return path
    }

    /// Issues an identity for `127.0.0.1` and `localhost`: a good one, or one with a single flaw.
    package func issue(_ flaw: CertificateFlaw? = nil) throws -> ServerIdentity {
        switch flaw {
        case nil: try issue(for: Self.loopback)
        case .otherHost: try issue(for: SubjectAlternativeNames([.dnsName("other.example")]))
        case .expired: try issue(for: Self.loopback, days: -2 ... -1)
        case .notYetValid: try issue(for: Self.loopback, days: 1...2)
        case .selfSigned: try issue(for: Self.loopback, selfSigned: true)
        case .unknownIssuer: try TestCertificateAuthority(named: "another authority").issue()
        }
    }

    /// Issues a good identity for a host that is reached through a proxy.
    package func issue(host: String) throws -> ServerIdentity {
        try issue(for: SubjectAlternativeNames([.dnsName(host)]))
    }

    private static let day: TimeInterval = 86_400

    private static let loopback = SubjectAlternativeNames([
        .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])), .dnsName("localhost"),
    ])

    // The certificate holds from and to so many `days` from now.
    private func issue(
        for names: SubjectAlternativeNames, days: ClosedRange<Double> = -1...1.5,
        selfSigned: Bool = false
    ) throws -> ServerIdentity {
        let ownKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName("bankhook test server") }
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: ownKey.publicKey,
            notValidBefore: Date.now.addingTimeInterval(days.lowerBound * Self.day),
            notValidAfter: Date.now.addingTimeInterval(days.upperBound * Self.day),
            issuer: selfSigned ? subject : certificate.subject, subject: subject,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                names
            },
            issuerPrivateKey: selfSigned ? ownKey : key)
        return try ServerIdentity(certificate: leaf, key: ownKey)
    }
}
