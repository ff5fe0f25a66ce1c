/// How a person takes a change of URL back: in the configuration, never in the records.
struct WayBack: Equatable, Sendable {
    /// What it does, or why there is none; safe to print.
    let message: String
    /// What to paste into a shell; nil where nothing goes back.
    let command: String?
}
