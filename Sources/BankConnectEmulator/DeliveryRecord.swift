package import FoundationEssentials

/// A webhook that was delivered, or could not be.
package struct DeliveryRecord: Sendable {
    /// When it was sent.
    package let at: Date
    /// Where it went, as registered: it may hold secrets, so no log shows it whole.
    let url: String
    /// What was sent.
    let body: JSON
    /// The status of the endpoint's answer, or nil where none came.
    package let status: Int?
    /// Why no answer came, or nil.
    package let error: String?

    /// Where it went, without path and query.
    package var origin: String { DeliveryRecord.origin(of: url) }

    /// Only this status means that the endpoint took it.
    package var isAccepted: Bool { status == 200 }

    /// About how many bytes it takes.
    var weight: Int { 256 + url.utf8.count + body.weight }

    /// The entry in the list of deliveries.
    var json: JSON {
        .object([
            "at": .string(at.formatted(.iso8601)), "url": .string(url), "body": body,
            "status": status.map(JSON.integer) ?? .null,
            "error": error.map(JSON.string) ?? .null,
        ])
    }

    /// Scheme, host and port of a URL.
    static func origin(of url: String) -> String {
        guard let separator = url.firstRange(of: "://") else { return "" }
        let authority = url[separator.upperBound...].prefix { !"/?#\\".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return String(url[..<separator.upperBound] + host)
    }
}
