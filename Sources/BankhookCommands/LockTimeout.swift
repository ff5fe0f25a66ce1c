internal import ArgumentParser
internal import BankhookModel

/// The value of `--lock-timeout`.
struct LockTimeout: Sendable {
    let duration: Duration

    /// Does not wait.
    static let none = LockTimeout(duration: .zero)

    /// Parses a length of time, or `0s`.
    @Sendable static func parse(_ text: String) throws -> LockTimeout {
        if text == "0s" || text == "0" { return .none }
        guard let span = TimeSpan(text) else {
            throw ValidationError("--lock-timeout takes a length of time such as 30s or 5m, or 0s")
        }
        return LockTimeout(duration: span.duration)
    }
}
