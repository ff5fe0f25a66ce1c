internal import ArgumentParser

/// When output has colours.
enum ColorMode: String, Sendable, CaseIterable {
    /// On a terminal, unless it is a dumb one.
    case auto
    case always
    case never

    /// Parses the value of `--color`.
    @Sendable static func parse(_ word: String) throws -> ColorMode {
        guard let mode = ColorMode(rawValue: word) else {
            throw ValidationError("--color takes auto, always or never")
        }
        return mode
    }

    /// Whether the terminal knows no sequences, or nobody said which one it is.
    static func isDumb(_ variables: [String: String]) -> Bool {
        ["", "dumb"].contains(variables["TERM", default: ""])
    }

    /// The mode that holds: the option's, else what `NO_COLOR` says.
    static func effective(_ option: ColorMode?, variables: [String: String]) -> ColorMode {
        option ?? (variables["NO_COLOR", default: ""].isEmpty ? .auto : .never)
    }
}
