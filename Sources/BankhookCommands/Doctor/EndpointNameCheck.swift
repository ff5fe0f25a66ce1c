internal import BankConnectAPI
internal import BankhookModel

/// Do the hosts of webhooks have names, and lead to public addresses? None is called.
struct EndpointNameCheck {
    let environments: [Environment]
    /// Whether this machine calls others through a proxy: it need not know public names then.
    let isBehindProxy: Bool

    /// A host with the environments that are to be delivered to.
    struct Host: Sendable {
        let host: URLHost
        let environments: [String]
        /// Whether it may be this machine: the API is on loopback, too.
        let isTrial: Bool
    }

    /// Each host once, in the order of their names.
    var hosts: [Host] {
        var names = [URLHost: [Environment]]()
        for environment in environments {
            names[environment.registration.webhookURL.host, default: []].append(environment)
        }
        return names.map { host, environments in
            Host(
                host: host, environments: environments.map(\.name.text),
                isTrial: environments.allSatisfy(\.registration.baseURL.host.isLoopback))
        }.sorted { "\($0.host)" < "\($1.host)" }
    }

    /// What is wrong with some, and how many of them are right.
    func findings(_ looked: [(Host, Result<[URLHost], HostLookup.Failure>)]) -> [DoctorFinding] {
        var findings = [DoctorFinding]()
        let good = looked.filter { problem(of: $0.0, $0.1) == nil }
        let local = good.count { Self.isThisMachine($0.0, $0.1) }
        if local > 0 {
            let verb = local == 1 ? "is" : "are"
            findings.append(
                .ok(
                    .endpoint,
                    "\(DoctorText.count(local, "host")) \(verb) this machine, as the API's is"))
        }
        if good.count > local {
            let verb = good.count - local == 1 ? "leads" : "lead"
            findings.append(
                .ok(
                    .endpoint,
                    "\(DoctorText.count(good.count - local, "host")) \(verb) to public addresses; "
                        + "none was called"))
        }
        return findings + looked.compactMap { problem(of: $0.0, $0.1) }
    }

    /// Whether an endpoint is on this machine, as its API is.
    private static func isThisMachine(
        _ host: Host, _ result: Result<[URLHost], HostLookup.Failure>
    ) -> Bool {
        guard host.isTrial, case .success(let addresses) = result else { return false }
        return host.host.isLoopback || addresses.allSatisfy(\.isLoopback)
    }

    private func problem(of host: Host, _ result: Result<[URLHost], HostLookup.Failure>)
        -> DoctorFinding?
    {
        let name = "\(host.host)"
        let use = "webhook_url of \(DoctorText.list(host.environments))"
        switch result {
        case .success(let addresses):
            if Self.isThisMachine(host, result) { return nil }
            let hidden = addresses.filter { $0.reasonNotPublic != nil }
            guard !hidden.isEmpty else { return nil }
            return .error(
                .endpoint, "endpoint_not_public",
                "leads to \(DoctorText.list(hidden.map { "\($0)" })) from here, which BankConnect "
                    + "cannot reach (\(use))",
                next: "give it a public address; where names differ inside your network, ask from "
                    + "outside", about: name)
        case .failure(.notFound):
            return unknownName(name, use, isTrial: host.isTrial)
        case .failure(.noAnswer(let words)):
            return .unchecked(
                .endpoint, "this machine's resolver gave no answer: \(words) (\(use))",
                next: EndpointNameCheck.resolverAdvice, about: name)
        case .failure(.timedOut):
            return .unchecked(
                .endpoint, "this machine's resolver took too long (\(use))",
                next: EndpointNameCheck.resolverAdvice, about: name)
        }
    }

    private func unknownName(_ name: String, _ use: String, isTrial: Bool) -> DoctorFinding {
        if isBehindProxy {
            return .unchecked(
                .endpoint, "this machine, behind a proxy, does not know the name (\(use))",
                next: "look it up where public names are known", about: name)
        }
        let message = "this machine's resolver knows no such name (\(use))"
        let next = "check the host in the URL, and its DNS entry"
        // No BankConnect is going to call it.
        return isTrial
            ? .warning(.endpoint, "name_not_found", message, next: next, about: name)
            : .error(.endpoint, "name_not_found", message, next: next, about: name)
    }

    /// Where nothing can be said about a name.
    static let resolverAdvice = "check this machine's DNS (/etc/resolv.conf), and run it again"
}
