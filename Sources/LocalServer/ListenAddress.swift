/// Where a server listens.
package struct ListenAddress: Equatable, Sendable {
    /// A name or an address of this machine.
    package let host: String
    /// 0 has the system pick a free one.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The URL that reaches a server at a port of this host from this machine, without a slash at the
    /// end.
    func url(scheme: String, port: Int) -> String {
        // The addresses that mean "every interface" are none to connect to.
        let host =
            switch host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: host
            }
        return scheme + "://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
