import NIOSSL

/// What the emulator shows and signs with when it is called over https.
package struct EmulatorIdentity: Sendable {
    /// The certificates, the emulator's own first.
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey

    /// Why an identity cannot be used.
    package enum Problem: Error, Equatable, CustomStringConvertible {
        case noCertificate(String)
        case noKey(String)
        case mismatch(certificate: String, key: String)

        package var description: String {
            switch self {
            case .noCertificate(let file):
                "\(file) is no readable PEM file of certificates (-----BEGIN CERTIFICATE-----)"
            case .noKey(let file):
                "\(file) is no readable PEM file of a private key without a password"
            case .mismatch(let certificate, let key):
                "the key of \(key) is not the one of the first certificate of \(certificate)"
            }
        }
    }

    init(chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) {
        self.chain = chain
        self.key = key
    }

    /// Reads PEM files: the chain, the emulator's own certificate first, and its key.
    package init(certificateFile: String, keyFile: String) throws(Problem) {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificateFile), !chain.isEmpty else {
            throw .noCertificate(certificateFile)
        }
        guard let key = try? NIOSSLPrivateKey(file: keyFile, format: .pem) else {
            throw .noKey(keyFile)
        }
        self.init(chain: chain, key: key)
        // Only a context compares the two.
        guard (try? NIOSSLContext(configuration: tls)) != nil else {
            throw .mismatch(certificate: certificateFile, key: keyFile)
        }
    }

    /// How the emulator answers over TLS.
    var tls: TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.minimumTLSVersion = .tlsv12
        return tls
    }
}
