internal import ArgumentParser
internal import Logging

/// The value of `--log-level`.
enum LogLevel {
    /// Parses a level, as it is spelt in lower case.
    @Sendable static func parse(_ word: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: word) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--log-level takes \(levels)")
        }
        return level
    }
}
