/// Why a source of deliveries cannot be watched, or could not be looked at, in words.
package struct WatchProblem: Error, Equatable, Sendable {
    package let message: String
    /// What to do about it.
    package let hint: String

    package init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }

    init(_ error: ReceiptsError) {
        self.init("\(error)", hint: error.wayOut)
    }
}
