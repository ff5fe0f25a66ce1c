import NIOCore

extension Emulator {
    /// The URL that reaches the emulator from this machine, without a slash at the end.
    func baseURL(of listener: any Channel) -> String {
        let port = listener.localAddress?.port ?? configuration.port
        // The addresses that mean "every interface" are none to connect to.
        let host =
            switch configuration.host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: configuration.host
            }
        let scheme = configuration.identity == nil ? "http" : "https"
        return scheme + "://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
