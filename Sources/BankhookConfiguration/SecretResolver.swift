package import BankhookModel
internal import SystemCalls

/// Finds the values of secrets: in variables and in files, and nowhere else.
package struct SecretResolver: Sendable {
    private let variables: [String: String]

    package init(variables: [String: String]) {
        self.variables = variables
    }

    package typealias Problem = SecretProblem

    /// All of an environment's secrets, or every reason why they are not at hand.
    package enum Resolution: Sendable {
        case atHand(SecretValues)
        /// `atHand` are those that could be read all the same: they are no less secret.
        case missing([Problem], atHand: [Secret])
    }

    /// Headers and what is in the way of them, which stops nothing that sends no probe.
    package struct ProbeHeaders: Sendable {
        package let values: [String: Secret]
        package let problems: [Problem]
    }

    /// The headers of an environment's probes.
    package func probeHeaders(of environment: Environment) -> ProbeHeaders {
        var problems = [Problem]()
        var values = [String: Secret]()
        for (name, reference) in environment.probeHeaders.sorted(by: { $0.key < $1.key }) {
            let field = "probe_headers.\(SecretValueRanges.shownHeader(name))"
            values[name] = secret(reference, field: field, into: &problems)
        }
        return ProbeHeaders(values: values, problems: problems)
    }

    /// The URL that an environment's receiver is called by, with its secrets filled in; it needs no
    /// credentials.
    package func endpoint(of environment: Environment) -> Result<EndpointURL, Missing> {
        var problems = [Problem]()
        let secrets = webhookSecrets(of: environment, into: &problems)
        guard problems.isEmpty else { return .failure(Missing(problems: problems)) }
        guard let filled = filledURL(of: environment, with: secrets, into: &problems) else {
            return .failure(Missing(problems: problems))
        }
        do throws(URLProblem) {
            let isLocalTrial = environment.registration.baseURL.host.isLoopback
            return .success(
                try EndpointURL(filled, plainHTTP: isLocalTrial ? .toAnyHost : .toLoopback))
        } catch {
            return .failure(
                Missing(problems: [
                    Problem(field: "webhook_url", subject: "", error.message, isSet: true)
                ]))
        }
    }

    /// Why something is not at hand.
    package struct Missing: Error {
        package let problems: [Problem]

        package init(problems: [Problem]) {
            self.problems = problems
        }
    }

    /// All that an apply sends for an environment.
    package func resolve(_ environment: Environment) -> Resolution {
        var problems = [Problem]()
        let apiKey = secret(
            environment.credentials.apiKey, field: "credentials.api_key", into: &problems)
        let serverHash = secret(
            environment.credentials.serverHash, field: "credentials.server_hash", into: &problems)
        let webhookSecrets = webhookSecrets(of: environment, into: &problems)
        let probeHeaders = probeHeaders(of: environment).values
        let atHand =
            [apiKey, serverHash].compactMap(\.self) + webhookSecrets.values + probeHeaders.values
        guard problems.isEmpty, let apiKey, let serverHash else {
            return .missing(problems, atHand: atHand)
        }
        guard filledURL(of: environment, with: webhookSecrets, into: &problems) != nil else {
            return .missing(problems, atHand: atHand)
        }
        var secrets = SecretValues(
            credentials: Credentials(apiKey: apiKey, serverHash: serverHash),
            webhookSecrets: webhookSecrets)
        secrets.probeHeaders = probeHeaders
        return .atHand(secrets)
    }

    private func webhookSecrets(of environment: Environment, into problems: inout [Problem])
        -> [String: Secret]
    {
        var secrets = [String: Secret]()
        for (name, reference) in environment.webhookSecrets.sorted(by: { $0.key < $1.key }) {
            let field = "webhook_secrets.\(name)"
            guard let secret = secret(reference, field: field, into: &problems) else { continue }
            if secret.fitsInURL {
                secrets[name] = secret
            } else {
                problems.append(
                    Problem(
                        field: field, subject: "\(reference)",
                        "holds a value that cannot stand in a URL: it must be 16 or more of A-Z a-z "
                            + "0-9 . _ ~ -", isSet: true))
            }
        }
        return secrets
    }

    private func filledURL(
        of environment: Environment, with secrets: [String: Secret],
        into problems: inout [Problem]
    ) -> String? {
        guard let filled = environment.registration.webhookURL.filled(with: secrets),
            filled.utf8.count <= WebhookURL.maximumLength
        else {
            problems.append(
                Problem(
                    field: "webhook_url", subject: "",
                    "with its secrets it is longer than \(WebhookURL.maximumLength) characters",
                    isSet: true))
            return nil
        }
        return filled
    }

    /// One secret, or nil and one more problem.
    package func secret(
        _ reference: SecretReference, field: String, into problems: inout [Problem]
    ) -> Secret? {
        switch value(of: reference) {
        case .success(let text):
            if let secret = Secret(text) { return secret }
            problems.append(
                Problem(
                    field: field, subject: "\(reference)",
                    "holds something other than 1 to \(Secret.maximumLength) visible ASCII characters",
                    isSet: true))
        case .failure(let absence):
            problems.append(Problem(field: field, subject: "\(reference)", absence.message))
        }
        return nil
    }

    private struct Absence: Error {
        let message: String
    }

    private func value(of reference: SecretReference) -> Result<String, Absence> {
        switch reference {
        case .variable(let name):
            guard let value = variables[name] else {
                return .failure(Absence(message: "is not set"))
            }
            guard !value.isEmpty else { return .failure(Absence(message: "is empty")) }
            return .success(value)
        case .file(let path):
            return value(ofFile: path.path)
        }
    }

    private func value(ofFile path: String) -> Result<String, Absence> {
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: path, limit: Secret.maximumLength + 2)
        } catch {
            return .failure(Absence(message: "cannot be read (\(error))"))
        }
        switch content {
        case .absent: return .failure(Absence(message: "does not exist"))
        case .tooLarge:
            return .failure(Absence(message: "is longer than \(Secret.maximumLength) bytes"))
        case .other(let kind): return .failure(Absence(message: "is \(kind)"))
        case .file([]): return .failure(Absence(message: "is empty"))
        case .file(let bytes): return .success(String(decoding: bytes, as: UTF8.self))
        }
    }
}
