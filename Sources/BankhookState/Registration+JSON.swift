package import BankhookModel
package import JSONSyntax

extension Registration {
    /// The members that stand for it in every file and output; `JSONFields.registration` reads them.
    package var jsonMembers: [JSONValue.Member] {
        [
            .init(key: "base_url", value: .string(baseURL.canonical)),
            .init(key: "flow", value: .string(flow.rawValue)),
            .init(key: "webhook_mode", value: .integer(mode.rawValue)),
            .init(key: "webhook_url", value: .string(webhookURL.text)),
        ]
    }
}

extension [String: Fingerprint] {
    /// Webhook secrets' fingerprints as files hold them.
    package var json: JSONValue {
        .object(map { .init(key: $0.key, value: .string($0.value.text)) })
    }
}
