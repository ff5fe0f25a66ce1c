internal import BankConnectAPI
internal import BankhookModel

/// Are there certificates to verify hosts with?
struct TrustRootsCheck {
    let variables: [String: String]

    /// The system's roots, or those that take their place; where nothing is called over TLS, none are
    /// needed.
    func system(for environments: [Environment]) -> DoctorFinding {
        let isNeeded = environments.contains {
            $0.registration.baseURL.isSecure
                || $0.probe != .off && $0.registration.webhookURL.isSecure
        }
        let found = system
        guard !isNeeded, found.status == .error else { return found }
        return .ok(.trustRoots, "none found, and none needed: every host is called over http")
    }

    /// The same, needed or not.
    var system: DoctorFinding {
        do throws(TrustRoots.Problem) {
            let roots = try TrustRoots.find(variables: variables)
            let source = variables["SSL_CERT_FILE"] == roots.file ? ", named by $SSL_CERT_FILE" : ""
            return .ok(.trustRoots, TrustRootsCheck.summary(roots.file) + source, about: roots.file)
        } catch {
            return .error(
                .trustRoots, "no_trust_roots", error.description,
                next: "install ca-certificates, or name a PEM file in SSL_CERT_FILE")
        }
    }

    /// One for each `ca_file` of some environments.
    func files(of environments: [Environment]) -> [DoctorFinding] {
        var users = [ReferencedPath: [String]]()
        for environment in environments {
            guard let file = environment.certificateAuthorityFile else { continue }
            users[file, default: []].append(environment.name.text)
        }
        return users.sorted { $0.key.path < $1.key.path }.map { file, names in
            let use = "ca_file of \(DoctorText.list(names))"
            do throws(TrustRoots.Problem) {
                try TrustRoots.check(file.path, namedBy: use)
                return .ok(
                    .trustRoots, "\(TrustRootsCheck.summary(file.path)), \(use)", about: file.path)
            } catch {
                return .error(
                    .trustRoots, "ca_file", error.description,
                    next: "name a PEM file that this user can read", about: file.path)
            }
        }
    }

    private static func summary(_ file: String) -> String {
        DoctorText.count(TrustRoots.count(in: file), "certificate")
    }
}
