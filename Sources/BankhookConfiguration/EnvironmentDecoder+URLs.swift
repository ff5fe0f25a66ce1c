internal import BankhookModel
internal import YAMLSyntax

/// Where the API is, and what it must call.
extension EnvironmentDecoder {
    mutating func baseURL() -> BaseURL? {
        guard let sourced = sourced(.baseURL) else {
            return isExcused(.baseURL) || excusesMissing ? nil : try? BaseURL(BaseURL.production)
        }
        guard !sourced.findings.reportNull(sourced.node, of: "base_url"),
            let text = plainText(sourced, of: "base_url")
        else { return nil }
        let baseURL: BaseURL
        do throws(URLProblem) {
            if let parsed = (sourced.isDefaults ? defaults : own)?.baseURL {
                baseURL = try parsed.get()
            } else {
                baseURL = try BaseURL(text)
            }
        } catch {
            sourced.findings.reportURL(error, of: "base_url", at: sourced.node.range)
            return nil
        }
        if let policy, !policy.policy.allowsCredentials(to: baseURL) {
            let place = policy.place(seenFrom: sourced.findings)
            sourced.findings.report(
                "api_host_not_allowed", at: sourced.node.range,
                "base_url names \(baseURL.host), which is no known BankConnect host",
                hint: "if it may be sent credentials, add it to policy.api_hosts\(place)",
                notes: policy.notes(on: "api_hosts", for: sourced.findings))
            return nil
        }
        return baseURL
    }

    private static let wayToTheURL = "name the URL that BankConnect must call"

    mutating func webhookURL(baseURL: BaseURL?) -> WebhookURL? {
        guard let sourced = sourced(.webhookURL) else {
            if !isExcused(.webhookURL) {
                reportMissing("webhook_url", hint: EnvironmentDecoder.wayToTheURL)
            }
            return nil
        }
        guard
            !sourced.findings.reportNull(
                sourced.node, of: "webhook_url", hint: EnvironmentDecoder.wayToTheURL),
            let text = text(sourced, of: "webhook_url")
        else { return nil }
        guard !text.contains("{ENVIRONMENT}") else {
            sourced.findings.report(
                "unknown_placeholder", about: "ENVIRONMENT", at: sourced.node.range,
                "webhook_url holds {ENVIRONMENT}", hint: EnvironmentDecoder.onlyInDefaults)
            return nil
        }
        let url: WebhookURL
        do throws(URLProblem) {
            let layer = sourced.isDefaults ? defaults : own
            if let parsed = layer?.webhookURL {
                url = try parsed.get()
            } else {
                url = try WebhookURL(text)
            }
            if let baseURL, !isTrial { try url.checkReachable(from: baseURL) }
        } catch {
            sourced.findings.reportURL(error, of: "webhook_url", at: sourced.node.range)
            return nil
        }
        if let policy, !policy.policy.allowsWebhook(to: url.host) {
            let place = policy.place(seenFrom: sourced.findings)
            sourced.findings.report(
                "webhook_host_not_allowed", at: sourced.node.range,
                "policy.webhook_hosts does not allow \(url.host)",
                hint: "use an allowed host, or add this one to the policy\(place)",
                notes: policy.notes(on: "webhook_hosts", for: sourced.findings))
            return nil
        }
        return url
    }
}
