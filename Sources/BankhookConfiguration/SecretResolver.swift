package import BankhookModel
internal import SystemCalls

/// Finds the values of secrets: in variables and in files, and nowhere else.
package struct SecretResolver: Sendable {
    private let variables: [String: String]

    package init(variables: [String: String]) {
        self.variables = variables
    }

    /// A secret that cannot be used: which one, and why. Never holds a value.
    package struct Problem: Sendable {
        /// The field, such as `credentials.api_key`.
        package let field: String
        package let message: String
    }

    /// All of an environment's secrets, or every reason why they are not at hand.
    package enum Resolution: Sendable {
        case atHand(SecretValues)
        /// `atHand` are those that could be read all the same: they are no less secret.
        case missing([Problem], atHand: [Secret])
    }

    package func resolve(_ environment: Environment) -> Resolution {
        var problems = [Problem]()
        let apiKey = secret(
            environment.credentials.apiKey, field: "credentials.api_key", into: &problems)
        let serverHash = secret(
            environment.credentials.serverHash, field: "credentials.server_hash", into: &problems)
        var webhookSecrets = [String: Secret]()
        for (name, reference) in environment.webhookSecrets.sorted(by: { $0.key < $1.key }) {
            let field = "webhook_secrets.\(name)"
            guard let secret = secret(reference, field: field, into: &problems) else { continue }
            if secret.fitsInURL {
                webhookSecrets[name] = secret
            } else {
                problems.append(
                    Problem(
                        field: field,
                        message:
                            "\(reference) holds a value that cannot stand in a URL: it must be "
                            + "16 or more of A-Z a-z 0-9 . _ ~ -"))
            }
        }
        let atHand = [apiKey, serverHash].compactMap(\.self) + webhookSecrets.values
        guard problems.isEmpty, let apiKey, let serverHash else {
            return .missing(problems, atHand: atHand)
        }
        let url = environment.registration.webhookURL
        guard let filled = url.filled(with: webhookSecrets),
            filled.utf8.count <= WebhookURL.maximumLength
        else {
            let message =
                "with its secrets it is longer than \(WebhookURL.maximumLength) characters"
            return .missing([Problem(field: "webhook_url", message: message)], atHand: atHand)
        }
        return .atHand(
            SecretValues(
                credentials: Credentials(apiKey: apiKey, serverHash: serverHash),
                webhookSecrets: webhookSecrets))
    }

    private func secret(
        _ reference: SecretReference, field: String, into problems: inout [Problem]
    ) -> Secret? {
        switch value(of: reference) {
        case .success(let text):
            if let secret = Secret(text) { return secret }
            problems.append(
                Problem(
                    field: field,
                    message: "\(reference) holds something other than 1 to "
                        + "\(Secret.maximumLength) visible ASCII characters"))
        case .failure(let absence):
            problems.append(Problem(field: field, message: "\(reference) \(absence.message)"))
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
