internal import ArgumentParser
internal import BankhookModel

/// A length of time in an option of `listen`, in milliseconds too.
struct WaitOption: Sendable {
    let duration: Duration
    /// The same in seconds, rounded up.
    let span: TimeSpan

    static let none = WaitOption(duration: .zero, span: TimeSpan(seconds: 0))
    /// What `--forward-timeout` is where nobody says.
    static let forwardDefault = WaitOption(duration: .seconds(30), span: TimeSpan(seconds: 30))

    /// The longest that is taken: an hour.
    private static let longest = Duration.seconds(3_600)

    /// Parses a length of time; `0s` is none.
    @Sendable static func parse(_ text: String) throws -> WaitOption {
        if text == "0" || text == "0s" || text == "0ms" { return .none }
        let duration: Duration?
        if text.hasSuffix("ms") {
            let digits = text.dropLast(2)
            duration =
                digits.allSatisfy { ("0"..."9").contains($0) }
                ? Int(digits).map { .milliseconds($0) } : nil
        } else {
            duration = TimeSpan(text)?.duration
        }
        guard let duration, duration > .zero, duration <= longest else {
            throw ValidationError("it takes a length of time such as 500ms, 5s or 2m, at most 1h")
        }
        let seconds = Int((duration / .seconds(1)).rounded(.up))
        return WaitOption(duration: duration, span: TimeSpan(text) ?? TimeSpan(seconds: seconds))
    }

    /// The same, but no time at all is a mistake.
    @Sendable static func parsePositive(_ text: String) throws -> WaitOption {
        let wait = try parse(text)
        guard wait.duration > .zero else {
            throw ValidationError("it takes a length of time such as 5s or 2m")
        }
        return wait
    }
}

extension WaitOption: CustomStringConvertible {
    var description: String { span.text }
}
