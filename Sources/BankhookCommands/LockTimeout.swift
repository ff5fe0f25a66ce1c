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

/// The option of every command that takes the lock.
struct LockOption: ParsableArguments {
    @Option(
        name: .customLong("lock-timeout"),
        help: ArgumentHelp(
            "How long to wait for another bankhook to end, such as 30s or 5m; 0s not at all.",
            valueName: "time"),
        transform: LockTimeout.parse)
    var timeout = LockTimeout.none

    init() {}
}
