import Crypto
import JSONSyntax
import Testing

/// A state file after an edit, with the checksum that its content now needs.
func sealed(_ text: String) throws -> [UInt8] {
    guard case .object(var members) = try JSONParser.parse(Array(text.utf8)) else {
        throw SealingError.noObject
    }
    members.removeAll { $0.key == "checksum" }
    let digest = SHA256.hash(data: Array(CanonicalJSON.text(.object(members)).utf8))
    let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    members.append(.init(key: "checksum", value: .string("sha256:" + hex)))
    return Array(CanonicalJSON.text(.object(members)).utf8)
}

/// Replaces a part that must be there exactly once: an edit that misses its mark tests nothing.
func replacing(_ old: String, by new: String, in text: String) throws -> String {
    let parts = text.split(separator: old, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "'\(old)' is there \(parts.count - 1) times")
    return parts.joined(separator: new)
}

private enum SealingError: Error {
    case noObject
}
