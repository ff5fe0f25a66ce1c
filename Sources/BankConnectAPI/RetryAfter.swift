internal import FoundationEssentials

/// The `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
    /// The longest wait that is honoured.
    static let longest = Duration.seconds(60)

    /// The wait that was asked for, from 0 to 60 s; nil for garbage.
    static func wait(_ header: String, now: Date) -> Duration? {
        let text = trimmed(header)
        let digits = text.hasPrefix("-") ? text.dropFirst() : text
        if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard !text.hasPrefix("-") else { return .zero }
            return Int(digits).map { min(.seconds($0), longest) } ?? longest
        }
        guard let date = date(text) else { return nil }
        return min(max(.zero, .seconds(date.timeIntervalSince(now))), longest)
    }

    private static func trimmed(_ header: String) -> Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let last = header.lastIndex(where: { !isBlank($0) }) else { return "" }
        return header[...last].drop(while: isBlank)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The only date format that servers may send: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: Substring) -> Date? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let padded = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        let text = "\(parts[3])-\(padded)-\(parts[1])T\(parts[4])Z"
        // The parser takes 31 February; it prints what it made of it.
        guard let date = try? Date(text, strategy: .iso8601), date.formatted(.iso8601) == text
        else { return nil }
        return date
    }
}
