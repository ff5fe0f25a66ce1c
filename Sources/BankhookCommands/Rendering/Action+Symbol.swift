internal import BankhookModel
internal import SourceText

extension Action {
    /// How a plan marks a change.
    var symbol: String {
        switch self {
        case .register: "+"
        case .update: "~"
        case .reassert: "="
        case .unchanged: " "
        case .orphaned: "?"
        }
    }

    /// The colour of that mark, where it has one.
    var tone: Palette.Tone? {
        switch self {
        case .register: .added
        case .update: .changed
        case .reassert: .again
        case .unchanged, .orphaned: nil
        }
    }
}
