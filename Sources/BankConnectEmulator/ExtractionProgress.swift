/// How far the extraction of a statement has come.
enum ExtractionProgress: String, Sendable, CaseIterable {
    /// Begun; nothing is delivered yet. Only the emulator's own page sets it.
    case processing
    case completed, failed
}
