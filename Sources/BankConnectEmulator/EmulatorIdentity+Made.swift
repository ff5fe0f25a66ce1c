import Crypto
package import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// An identity that the emulator makes for itself.
extension EmulatorIdentity {
    private static let days: TimeInterval = 365

    /// Makes an authority and, signed by it, a certificate for this machine's names and one host
    /// more; returns the authority's certificate as PEM, which is what clients have to trust.
    ///
    /// The authority's key is forgotten at once: it can sign nothing else. Two certificates rather
    /// than one, because strict clients take none that is its own authority.
    package static func made(
        for host: String, now: Date = Date()
    ) throws -> (identity: EmulatorIdentity, authority: String) {
        let validity = now.addingTimeInterval(-3_600)...now.addingTimeInterval(days * 86_400)
        let authorityKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let authorityName = try DistinguishedName { CommonName("bankhook emulator's authority") }
        let authority = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(),
            publicKey: authorityKey.publicKey, notValidBefore: validity.lowerBound,
            notValidAfter: validity.upperBound, issuer: authorityName, subject: authorityName,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: authorityKey.publicKey)
            },
            issuerPrivateKey: authorityKey)
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: validity.lowerBound, notValidAfter: validity.upperBound,
            issuer: authorityName,
            subject: try DistinguishedName { CommonName("bankhook emulator") },
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectKeyIdentifier(hash: key.publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: authorityKey.publicKey).keyIdentifier)
                SubjectAlternativeNames(names(host))
            },
            issuerPrivateKey: authorityKey)
        let chain = try [leaf, authority].map { certificate in
            try NIOSSLCertificate(
                bytes: Array(certificate.serializeAsPEM().pemString.utf8), format: .pem)
        }
        let privateKey = try NIOSSLPrivateKey(
            bytes: Array(key.serializeAsPEM().pemString.utf8), format: .pem)
        return (
            EmulatorIdentity(chain: chain, key: privateKey),
            try authority.serializeAsPEM().pemString + "\n"
        )
    }

    private static func names(_ host: String) -> [GeneralName] {
        let fixed: [GeneralName] = [
            .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
            .ipAddress(
                ASN1OctetString(contentBytes: ArraySlice(repeatElement(0, count: 15)) + [1])),
        ]
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        let isAddress = parts.count == 4 && bytes.count == 4
        let own: GeneralName =
            isAddress
            ? .ipAddress(ASN1OctetString(contentBytes: bytes[...])) : .dnsName(host.lowercased())
        // Of the addresses of IPv6, the loopback alone has a certificate.
        return host.contains(":") || fixed.contains(own) ? fixed : fixed + [own]
    }
}
