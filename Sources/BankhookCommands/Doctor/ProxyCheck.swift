internal import BankConnectAPI
internal import BankhookModel

/// Which hosts does an apply call through a proxy? What it is signed in with is never shown.
struct ProxyCheck {
    let environments: [Environment]
    let variables: [String: String]

    private var origins: [any NetworkAddress] { environments.map(\.registration.baseURL) }

    /// What an apply tries before it registers.
    private var endpoints: [any NetworkAddress] {
        environments.filter { $0.probe != .off }.map(\.registration.webhookURL)
    }

    /// What is found, and the proxies for the API; nil where they cannot be used.
    var result: (findings: [DoctorFinding], proxies: Proxies?) {
        let proxies: Proxies
        do throws(Proxy.Problem) {
            proxies = try Proxies(variables: variables, calling: origins + endpoints)
        } catch {
            return (
                [.error(.proxy, error.code, error.message, next: error.hint)],
                // It may be the endpoints that need it.
                try? Proxies(variables: variables, calling: origins)
            )
        }
        var hosts = Set<String>()
        var finding: (variable: String, place: String)?
        for address in origins + endpoints {
            guard let proxy = proxies.proxy(for: address) else { continue }
            hosts.insert("\(address.host)")
            finding = (proxy.variable, proxy.place)
        }
        guard let finding else {
            let probed = endpoints.isEmpty ? "" : " and every endpoint that an apply tries"
            return (
                [.ok(.proxy, "none: every host of the API\(probed) is called directly")], proxies
            )
        }
        return (
            [
                .ok(
                    .proxy,
                    "\(DoctorText.list(hosts.sorted())) through \(finding.place), named by "
                        + "$\(finding.variable)")
            ], proxies
        )
    }
}
