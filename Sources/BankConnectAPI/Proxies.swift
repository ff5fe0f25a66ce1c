package import BankhookModel

/// Which hosts are called through a proxy: `https_proxy`, then `HTTPS_PROXY`; `no_proxy`, then
/// `NO_PROXY` (specification, section 10).
///
/// The first of two that is set counts, empty or not, so that an empty `https_proxy` switches
/// proxies off. Loopback is never called through one, nor is anything over http.
package struct Proxies: Sendable {
    private let proxy: Proxy?
    private let exceptions: NoProxy

    /// Every host is called directly.
    package static var none: Proxies { Proxies() }

    private init() {
        proxy = nil
        exceptions = NoProxy("")
    }

    /// Throws where one of the URLs would be called through a proxy that cannot be used.
    package init(variables: [String: String], calling addresses: [any NetworkAddress]) throws(Proxy
        .Problem)
    {
        func first(_ names: String...) -> (name: String, value: String)? {
            names.lazy.compactMap { name in variables[name].map { (name, $0) } }.first
        }
        let exceptions = NoProxy(first("no_proxy", "NO_PROXY")?.value ?? "")
        self.exceptions = exceptions
        guard let (name, value) = first("https_proxy", "HTTPS_PROXY"), !value.isEmpty,
            addresses.contains(where: {
                $0.isSecure && !$0.host.isLoopback && !exceptions.excepts($0)
            })
        else {
            proxy = nil
            return
        }
        proxy = try Proxy(value, variable: name)
    }

    /// The proxy for a host, or nil where it is called directly.
    package func proxy(for address: any NetworkAddress) -> Proxy? {
        !address.isSecure || address.host.isLoopback || exceptions.excepts(address) ? nil : proxy
    }

    /// What text from elsewhere must not show.
    package var secrets: [Secret] { proxy?.userInfo.map { [$0] } ?? [] }
}
