import HTTPTypes

/// Keeps web pages away from the emulator's own pages.
///
/// A page that a browser shows can call any server on this machine. It cannot choose the `Host`
/// header, so a name that it rebound to the loopback is seen; without leave, which the emulator never
/// gives, it cannot send `application/json`, so it cannot write; and browsers say where a call comes
/// from, so that another site, or another port of this machine, is refused whatever it asks for.
struct ControlGuard: Sendable {
    private static let site = HTTPField.Name("sec-fetch-site") ?? .origin
    private static let mode = HTTPField.Name("sec-fetch-mode") ?? .origin
    private static let destination = HTTPField.Name("sec-fetch-dest") ?? .origin

    /// The host that the emulator was told to listen on, in lower case and without brackets.
    private let host: String

    /// Lets in the loopback and this host.
    init(host: String) {
        self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
    }

    /// The answer to a call that must not get through, or nil.
    func refusal(of request: ReceivedRequest) -> Answer? {
        guard let named = HostAndPort(request.authority ?? ""),
            named.isLoopback || named.host == host
        else {
            return .error(.forbidden, "the Host header must name this machine's loopback")
        }
        guard isOwn(request, authority: request.authority ?? "") else {
            return .error(.forbidden, "no page of another origin is let in")
        }
        let isRead = [.get, .head].contains(request.method)
        guard isRead || isJSON(request.headers[.contentType]) else {
            return .error(.unsupportedMediaType, "content-type must be application/json")
        }
        return nil
    }

    /// Whether no browser says that the call comes from elsewhere. That a person follows a link to
    /// the page is no harm: the page that holds the link sees nothing of it.
    private func isOwn(_ request: ReceivedRequest, authority: String) -> Bool {
        if let origin = request.headers[.origin],
            !["http://", "https://"].contains(where: {
                origin.lowercased() == $0 + authority.lowercased()
            })
        {
            return false
        }
        guard let site = request.headers[ControlGuard.site] else { return true }
        let isFollowedLink =
            request.headers[ControlGuard.mode] == "navigate"
            && request.headers[ControlGuard.destination] == "document"
            && [.get, .head].contains(request.method)
        return ["same-origin", "none"].contains(site) || isFollowedLink
    }

    private func isJSON(_ contentType: String?) -> Bool {
        let type = (contentType ?? "").prefix { $0 != ";" }
        return type.split(separator: " ").joined().lowercased() == "application/json"
    }
}
