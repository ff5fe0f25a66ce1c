internal import BankConnectAPI
internal import BankhookModel

/// Which hosts of the API are called through a proxy? What it is signed in with is never shown.
struct ProxyCheck {
    let origins: [APICheck.Origin]
    let variables: [String: String]

    /// What is found, and the proxies; nil where they cannot be used.
    var result: (findings: [DoctorFinding], proxies: Proxies?) {
        let proxies: Proxies
        do throws(Proxy.Problem) {
            proxies = try Proxies(variables: variables, calling: origins.map(\.baseURL))
        } catch {
            return (
                [.error(.proxy, error.code, error.message, next: error.hint)], nil
            )
        }
        var hosts = [String]()
        var finding: (variable: String, place: String)?
        for origin in origins {
            guard let proxy = proxies.proxy(for: origin.baseURL) else { continue }
            hosts.append("\(origin.baseURL.host)")
            finding = (proxy.variable, proxy.place)
        }
        guard let finding else {
            return ([.ok(.proxy, "none: every host of the API is called directly")], proxies)
        }
        let names = DoctorText.list(Set(hosts).sorted())
        return (
            [
                .ok(
                    .proxy, "\(names) through \(finding.place), named by $\(finding.variable)")
            ], proxies
        )
    }
}
