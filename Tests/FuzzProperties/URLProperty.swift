internal import BankhookModel

/// What must hold for any text that is given where a URL belongs.
///
/// The text is taken as a `webhook_url`, a `base_url` and a host. With a line break in it, it is two
/// texts, which are compared with each other.
public enum URLProperty {
    /// What does not hold for these bytes, or nil.
    public static func violation(in bytes: [UInt8]) -> String? {
        let halves = bytes.split(
            separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let texts = halves.compactMap { String(validating: $0, as: UTF8.self) }
        for text in texts {
            if let problem = violation(of: text) { return "\(problem): \(text.debugDescription)" }
        }
        guard texts.count == 2 else { return nil }
        return comparison(texts[0], texts[1])
    }

    /// Whether the first line of these bytes is a `webhook_url` that BankConnect could call.
    public static func accepts(_ bytes: [UInt8]) -> Bool {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let text = String(validating: line, as: UTF8.self), let url = try? WebhookURL(text),
            let base = try? BaseURL(BaseURL.production)
        else { return false }
        return (try? url.checkReachable(from: base)) != nil
    }

    private static func violation(of text: String) -> String? {
        if let url = try? WebhookURL(text), let problem = violation(of: url) { return problem }
        if let url = try? BaseURL(text), let problem = violation(of: url) { return problem }
        return hostViolation(text)
    }

    // MARK: webhook_url

    private static func violation(of url: WebhookURL) -> String? {
        if let problem = URLRules.violation(of: url.text, placeholders: url.placeholders) {
            return "an accepted webhook_url \(problem)"
        }
        if let problem = reachabilityViolation(of: url) { return problem }
        // An empty path becomes one of one character, which may be one too many.
        if url.canonical.utf8.count <= WebhookURL.maximumLength {
            guard let again = try? WebhookURL(url.canonical) else {
                return "its canonical form is refused"
            }
            guard again.canonical == url.canonical, again.host == url.host,
                again.placeholders == url.placeholders, again.isSecure == url.isSecure
            else { return "its canonical form means something else" }
        }
        return respellingViolation(of: url)
    }

    private static func reachabilityViolation(of url: WebhookURL) -> String? {
        let host = URLRules.authority(of: url.text).host
        if let base = try? BaseURL(BaseURL.production),
            (try? url.checkReachable(from: base)) != nil
        {
            guard url.text.lowercased().hasPrefix("https://") else {
                return "http is called reachable"
            }
            if let reason = HostRules.reasonNotPublic(host) {
                return "\(reason) is called reachable"
            }
        }
        if let base = try? BaseURL("http://127.0.0.1:1"),
            (try? url.checkReachable(from: base)) != nil,
            let reason = HostRules.reasonNotPublic(host), !HostRules.isLoopback(host)
        {
            return "\(reason) is called reachable in a trial"
        }
        return nil
    }

    /// The same URL with capitals and its default port written out has to be the same.
    private static func respellingViolation(of url: WebhookURL) -> String? {
        let scheme = url.isSecure ? "https" : "http"
        let (host, port, rest) = URLRules.authority(of: url.text)
        let target = rest.hasPrefix("/") ? rest : "/\(rest)"
        let text =
            "\(scheme.uppercased())://\(host.uppercased()):"
            + "\(port ?? (url.isSecure ? "443" : "80"))\(target)"
        guard text.utf8.count <= WebhookURL.maximumLength else { return nil }
        guard let other = try? WebhookURL(text) else { return "it is refused as \(text)" }
        return other == url ? nil : "it is another one as \(text)"
    }

    // MARK: base_url

    private static func violation(of url: BaseURL) -> String? {
        let (host, port, rest) = URLRules.authority(of: url.canonical)
        if let problem = URLRules.violation(of: url.canonical, placeholders: [], isAnyLength: true)
        {
            return "an accepted base_url \(problem)"
        }
        guard rest.isEmpty else { return "a base_url keeps more than its origin" }
        guard url.isSecure || HostRules.isLoopback(host) else {
            return "a base_url without TLS is accepted"
        }
        guard port.map({ Int($0) == url.port }) ?? (url.port == (url.isSecure ? 443 : 80)) else {
            return "a base_url has another port than is written"
        }
        guard let again = try? BaseURL(url.canonical), again == url else {
            return "the canonical form of a base_url means something else"
        }
        return nil
    }

    // MARK: Hosts and pairs

    private static func hostViolation(_ text: String) -> String? {
        guard let host = try? URLHost(text) else { return nil }
        guard let again = try? URLHost(host.description),
            again.nameForMatching == host.nameForMatching, again.isLoopback == host.isLoopback
        else { return "a host printed and read again is another one" }
        if host.reasonNotPublic == nil, let reason = HostRules.reasonNotPublic(text) {
            return "\(reason) is called public"
        }
        guard host.isLoopback == HostRules.isThisMachine(text) else {
            return "a host is wrongly called loopback, or not"
        }
        guard HostPattern(host.nameForMatching)?.matches(host) ?? false else {
            return "a host does not match itself as a pattern"
        }
        let wildcard = HostPattern("*.\(host.nameForMatching)")
        return wildcard?.matches(host) == true ? "a wildcard matches its own name" : nil
    }

    private static func comparison(_ first: String, _ second: String) -> String? {
        if let first = try? WebhookURL(first), let second = try? WebhookURL(second),
            first.canonical == second.canonical
        {
            let left = URLRules.authority(of: first.text)
            let right = URLRules.authority(of: second.text)
            let standard = first.isSecure ? "443" : "80"
            guard first.host == second.host, first.isSecure == second.isSecure,
                Int(left.port ?? standard) == Int(right.port ?? standard)
            else { return "two URLs of different hosts are one: \(first) \(second)" }
        }
        if let first = try? BaseURL(first), let second = try? BaseURL(second),
            first.canonical == second.canonical, first != second
        {
            return "two origins have one form: \(first)"
        }
        return nil
    }
}
