import HTTPTypes

/// Keeps web pages away from the emulator's own pages.
///
/// A page that a browser shows can call any server on this machine. It cannot choose the `Host`
/// header, so a name that it rebound to the loopback is seen; and without leave, which the emulator
/// never gives, it cannot send `application/json`, so it cannot write.
struct ControlGuard: Sendable {
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
        let isRead = [.get, .head].contains(request.method)
        guard isRead || isJSON(request.headers[.contentType]) else {
            return .error(.unsupportedMediaType, "content-type must be application/json")
        }
        return nil
    }

    private func isJSON(_ contentType: String?) -> Bool {
        let type = (contentType ?? "").prefix { $0 != ";" }
        return type.split(separator: " ").joined().lowercased() == "application/json"
    }
}
