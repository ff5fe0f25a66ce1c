package import FoundationEssentials

/// A call that reached the emulator, without any value of its headers.
package struct RequestRecord: Sendable {
    /// When its body was complete.
    package let at: Date
    /// The method as sent.
    package let method: String
    /// The path as sent, without a query.
    package let path: String
    /// The name of the account, or nil where the headers name none.
    package let account: String?
    /// The body as JSON, or as a string where it is none; nil where it was empty or too large.
    let body: JSON?
    /// The status that was answered, or nil: not answered yet, or never.
    package internal(set) var status: Int?

    /// About how many bytes it takes.
    var weight: Int { 256 + path.utf8.count + (body?.weight ?? 0) }
}
