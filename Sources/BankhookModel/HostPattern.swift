/// A host, or `*.x` for one or more labels before `.x` (never `x` itself).
package struct HostPattern: Hashable, Sendable {
    package let text: String
    /// The host, or what stands behind `*.`, in lower case.
    package let name: String
    package let isWildcard: Bool

    /// Accepts a host name or address in any case, or `*.` and a name; nil for anything else.
    package init?(_ text: String) {
        isWildcard = text.hasPrefix("*.")
        guard let host = try? URLHost(isWildcard ? String(text.dropFirst(2)) : text) else {
            return nil
        }
        if isWildcard {
            guard case .name = host else { return nil }
        }
        self.text = text
        name = host.nameForMatching
    }

    package func matches(_ host: URLHost) -> Bool {
        let candidate = host.nameForMatching
        return isWildcard
            ? candidate.hasSuffix(".\(name)") && candidate.utf8.count > name.utf8.count + 1
            : candidate == name
    }
}
