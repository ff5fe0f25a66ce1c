internal import BankhookConfiguration
internal import BankhookModel

/// Is everything at hand that an apply and a probe of some environments need? Values are never shown.
struct CredentialsCheck {
    let environments: [Environment]
    let resolver: SecretResolver

    /// What is not at hand one by one, and how much is.
    var findings: [DoctorFinding] {
        var findings = [DoctorFinding]()
        var missing = Set<SecretReference>()
        for environment in environments {
            if case .missing(let problems, _) = resolver.resolve(environment) {
                for problem in problems {
                    missing.formUnion([environment.reference(of: problem.field)].compactMap(\.self))
                    findings.append(
                        .error(
                            .credentials, "credentials_missing",
                            "\(problem.field): \(problem.message)",
                            next: CredentialsCheck.next(environment, problem.field),
                            about: environment.name.text))
                }
            }
            let headers = resolver.probeHeaders(of: environment).problems
            if !headers.isEmpty {
                missing.formUnion(environment.probeHeaders.values.filter(isMissing))
                findings += headers.map { header($0, of: environment) }
            }
        }
        let all = Set(environments.flatMap(\.references))
        let atHand = all.subtracting(missing)
        guard !atHand.isEmpty || all.isEmpty else { return findings }
        return [.ok(.credentials, CredentialsCheck.summary(atHand))] + findings
    }

    /// Where an apply sends no probe it works all the same.
    private func header(_ problem: SecretResolver.Problem, of environment: Environment)
        -> DoctorFinding
    {
        let message = "\(problem.field): \(problem.message)"
        let next = CredentialsCheck.next(environment, problem.field)
        return environment.probe == .off
            ? .warning(
                .credentials, "secrets_missing", "\(message); bankhook probe needs it", next: next,
                about: environment.name.text)
            : .error(
                .credentials, "secrets_missing", message, next: next, about: environment.name.text)
    }

    private func isMissing(_ reference: SecretReference) -> Bool {
        var problems = [SecretResolver.Problem]()
        return resolver.secret(reference, field: "", into: &problems) == nil
    }

    private static func next(_ environment: Environment, _ field: String) -> String {
        switch environment.reference(of: field) {
        case .variable: "set the variable in this run, or leave the environment out with --target"
        case .file: "put the value into that file, where this user can read it"
        case nil: "shorten the URL or its secrets"
        }
    }

    private static func summary(_ references: Set<SecretReference>) -> String {
        let variables = references.count { if case .variable = $0 { true } else { false } }
        let files = references.count - variables
        let counts = [
            variables > 0 || files == 0 ? DoctorText.count(variables, "variable") : nil,
            files > 0 ? DoctorText.count(files, "file") : nil,
        ].compactMap(\.self)
        let isOne = references.count == 1
        return "\(counts.joined(separator: " and ")) \(isOne ? "is" : "are") at hand"
    }
}

extension Environment {
    /// Where the value of a field is to be found; nil for a field that is no single secret.
    fileprivate func reference(of field: String) -> SecretReference? {
        switch field {
        case "credentials.api_key": return credentials.apiKey
        case "credentials.server_hash": return credentials.serverHash
        default:
            if let name = field.dropping("webhook_secrets.") { return webhookSecrets[name] }
            // A header whose name is hidden takes the place of any.
            if field.dropping("probe_headers.") != nil { return probeHeaders.values.first }
            return nil
        }
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
