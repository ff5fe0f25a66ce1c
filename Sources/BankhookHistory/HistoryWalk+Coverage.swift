package import BankhookModel

extension HistoryWalk {
    /// How much of history a walk could see, whatever is recorded.
    package var coverage: RecordHistory.Coverage {
        switch result {
        case .noWorkTree: .noWorkTree
        case .failed(let gap): gap.coverage
        case .walked(let files): files.isShallow ? HistoryGap.shallow.coverage : .complete
        }
    }
}
