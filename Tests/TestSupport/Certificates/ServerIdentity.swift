package import NIOSSL
import SwiftASN1
import X509

/// What a TLS server shows and signs with: a certificate chain and its private key.
package struct ServerIdentity: Sendable {
    /// The chain as NIOSSL wants it, the server's own certificate first.
    package let chain: [NIOSSLCertificate]
    /// The private key as NIOSSL wants it.
    package let privateKey: NIOSSLPrivateKey
    /// The chain as PEM: what a file named by `--tls-cert` holds.
    package let chainPEM: String
    /// The private key as PEM: what a file named by `--tls-key` holds.
    package let privateKeyPEM: String

    /// An identity without intermediate certificates; throws what a library says to the PEM.
    init(certificate: Certificate, key: Certificate.PrivateKey) throws {
        chainPEM = try certificate.serializeAsPEM().pemString
        privateKeyPEM = try key.serializeAsPEM().pemString
        chain = try NIOSSLCertificate.fromPEMBytes(Array(chainPEM.utf8))
        privateKey = try NIOSSLPrivateKey(bytes: Array(privateKeyPEM.utf8), format: .pem)
    }
}
