internal import BankConnectAPI
internal import BankhookModel

/// Everything that is asked of the network: connections to the API that end before a request, and
/// names of endpoints.
struct NetworkExamination: Sendable {
    let environments: [Environment]
    let variables: [String: String]
    let now: Timestamp
    let lookup: HostLookup
    /// Whether the time for all of it is over: no other host is asked then.
    let isOver: @Sendable () -> Bool

    /// Hosts and names are tried many at a time.
    var findings: [DoctorFinding] {
        get async {
            let origins = APICheck.origins(of: environments)
            let proxies = ProxyCheck(environments: environments, variables: variables).result
            let roots = TrustRootsCheck(variables: variables)
            let system = roots.system(for: environments)
            let files = roots.files(of: environments)
            async let api = api(
                origins, proxies.proxies, hasRoots: system.status == .ok,
                unusable: Set(files.filter { $0.status == .error }.compactMap(\.subject)))
            async let endpoints = endpoints(proxies.proxies, origins)
            return proxies.findings + [system] + files + (await api) + (await endpoints)
        }
    }

    private func api(
        _ origins: [APICheck.Origin], _ proxies: Proxies?, hasRoots: Bool, unusable: Set<String>
    ) async -> [DoctorFinding] {
        let check = APICheck(now: now, proxies: proxies ?? .none, timeout: Doctor.timeout)
        let roots = try? TrustRoots.find(variables: variables)
        let trial = ConnectionTrial(
            trustRoots: roots, proxies: check.proxies, timeout: Doctor.timeout)
        let tried = await boundedMap(origins, atOnce: Doctor.parallelism, until: isOver) {
            (origin) -> DoctorFinding in
            if let reason = obstacle(origin, proxies, hasRoots: hasRoots, unusable: unusable) {
                return .unchecked(
                    .api, reason, next: "mend that, then run doctor again",
                    about: origin.baseURL.canonical)
            }
            guard check.proxies.proxy(for: origin.baseURL) == nil else {
                // The proxy looks the name up.
                return check.finding(
                    origin, await trial.run(origin.baseURL, authorities: origin.authorities))
            }
            async let looked = lookup.addresses(origin.baseURL.host)
            let outcome = await trial.run(origin.baseURL, authorities: origin.authorities)
            return check.finding(origin, outcome, lookup: await looked)
        }
        return tried + rest(.api, tried.count, of: origins.count)
    }

    /// Those that there was no time for, as one.
    private func rest(_ check: DoctorCheck, _ looked: Int, of all: Int) -> [DoctorFinding] {
        guard looked < all else { return [] }
        return [
            .unchecked(
                check,
                "\(all - looked) of \(DoctorText.count(all, "host")): it took longer than "
                    + "\(Doctor.networkTime)",
                next:
                    "mend what the others lack, then run doctor again; or look at some with --target"
            )
        ]
    }

    /// Why a host cannot be tried.
    private func obstacle(
        _ origin: APICheck.Origin, _ proxies: Proxies?, hasRoots: Bool, unusable: Set<String>
    ) -> String? {
        guard origin.baseURL.isSecure else { return nil }
        if !hasRoots { return "there are no trust roots" }
        if let file = origin.authorities, unusable.contains(file) {
            return "its ca_file cannot be used"
        }
        return proxies == nil && !origin.baseURL.host.isLoopback
            ? "the proxy cannot be used" : nil
    }

    private func endpoints(_ proxies: Proxies?, _ origins: [APICheck.Origin]) async
        -> [DoctorFinding]
    {
        let check = EndpointNameCheck(
            environments: environments,
            isBehindProxy: origins.contains { proxies?.proxy(for: $0.baseURL) != nil })
        let looked = await boundedMap(check.hosts, atOnce: Doctor.parallelism, until: isOver) {
            host in
            (host, await lookup.addresses(host.host))
        }
        return check.findings(looked) + rest(.endpoint, looked.count, of: check.hosts.count)
    }
}
