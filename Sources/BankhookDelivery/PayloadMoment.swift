internal import BankhookModel

/// A moment by the API's own clock, whose zone nobody states: it is compared with others of that
/// clock only (specification, section 1).
package struct PayloadMoment: Hashable, Sendable {
    private let seconds: Int

    /// Takes `YYYY-MM-DD HH:MM:SS` and nothing else, as the API writes it.
    package init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let moment = Timestamp("\(parts[0])T\(parts[1])Z") else {
            return nil
        }
        seconds = moment.secondsSinceEpoch
    }

    /// Takes what a list holds: also with a `T` between, and with a fraction or a zone behind, which
    /// are left out.
    init?(listed text: String) {
        let characters = Array(text.prefix(19))
        guard characters.count == 19, characters[10] == " " || characters[10] == "T" else {
            return nil
        }
        self.init(String(characters[..<10]) + " " + String(characters[11...]))
    }
}

extension PayloadMoment: Comparable {
    package static func < (left: PayloadMoment, right: PayloadMoment) -> Bool {
        left.seconds < right.seconds
    }
}
