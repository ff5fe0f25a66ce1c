internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Writes the end of the server's certificate into each answer's head, where the client finds it
/// beside the answer that it belongs to. What the server wrote there itself is taken out.
final class CertificateNotice: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    /// Carries the seconds since 1970 up to the client.
    static let header = "bankhook-certificate-end"

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else {
            return context.fireChannelRead(data)
        }
        head.headers.remove(name: CertificateNotice.header)
        if let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate() {
            head.headers.add(
                name: CertificateNotice.header, value: "\(certificate.notValidAfter)")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
