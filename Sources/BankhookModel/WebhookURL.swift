/// The URL that BankConnect must call, with `{placeholders}` for its secrets.
///
/// It is sent as written and compared in canonical form.
package struct WebhookURL: Sendable {
    package let text: String
    package let canonical: String
    /// The names of its placeholders, in the order of their first appearance.
    package let placeholders: [String]
    package let host: URLHost
    package let port: Int
    package let isSecure: Bool

    /// The longest URL that is accepted, in characters.
    package static let maximumLength = 2_048

    /// The most placeholders with different names that are accepted.
    package static let maximumPlaceholders = 16

    package init(_ text: String) throws(URLProblem) {
        guard text.utf8.count <= WebhookURL.maximumLength else {
            throw URLProblem("is longer than \(WebhookURL.maximumLength) characters")
        }
        let parts = try URLParts(text)
        self.text = text
        canonical = parts.canonical
        placeholders = try WebhookURL.placeholders(in: text)
        host = parts.host
        port = parts.port ?? parts.defaultPort
        isSecure = parts.scheme == "https"
    }

    /// Checks that BankConnect could reach it: https and a public host, or anything on loopback
    /// where the API is on loopback too.
    package func checkReachable(from baseURL: BaseURL) throws(URLProblem) {
        let isOnLoopback = host.isLoopback || host.nameForMatching.hasSuffix(".localhost")
        let isLocalTrial = baseURL.host.isLoopback
        guard isSecure || isLocalTrial else {
            throw URLProblem(
                "is not https",
                hint: "start it with https://; http is for a base_url on loopback only")
        }
        if isLocalTrial, isOnLoopback { return }
        if let reason = host.reasonNotPublic {
            throw URLProblem(
                "has a host that BankConnect cannot reach: \(reason)",
                hint: "use a public host name")
        }
    }

    /// The URL that is sent: every placeholder replaced. Nil when a secret is missing.
    package func filled(with secrets: [String: Secret]) -> String? {
        var filled = text
        for name in placeholders {
            guard let secret = secrets[name] else { return nil }
            filled = filled.split(separator: "{\(name)}", omittingEmptySubsequences: false)
                .joined(separator: secret.exposed)
        }
        return filled
    }

    private static func placeholders(in text: String) throws(URLProblem) -> [String] {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") })
        else { return [] }
        var names = [String]()
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let tail = rest[rest.index(after: brace)...]
            guard rest[brace] == "{", let end = tail.firstIndex(of: "}"),
                isPlaceholderName(tail[..<end])
            else {
                throw URLProblem(
                    "has a brace that is no {placeholder}",
                    hint: "a placeholder is {name} with name [a-z][a-z0-9_]*; a literal brace is "
                        + "%7B or %7D")
            }
            let name = String(tail[..<end])
            if !names.contains(name) { names.append(name) }
            guard names.count <= maximumPlaceholders else {
                throw URLProblem("has more than \(maximumPlaceholders) placeholders")
            }
            rest = tail[tail.index(after: end)...]
        }
        return names
    }

    /// `[a-z][a-z0-9_]*`.
    package static func isPlaceholderName(_ name: some StringProtocol) -> Bool {
        guard let first = name.utf8.first, (0x61...0x7A).contains(first) else { return false }
        return name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
    }
}

extension WebhookURL: Hashable {
    package static func == (left: WebhookURL, right: WebhookURL) -> Bool {
        left.canonical == right.canonical
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(canonical)
    }
}

extension WebhookURL: CustomStringConvertible {
    package var description: String { text }
}
