internal import BankhookModel
internal import BankhookState

/// What becomes of the outcomes of one kept commit, and what that changes on the branch.
struct Judgement {
    var fates: [RecoveredOutcome] = []
    var changes: [BranchChange] = []
    /// Why one of them cannot be judged: its record on the branch cannot be read.
    var problem: StateError?

    /// What a commit of the changes says.
    var text: CommitText {
        CommitText(
            [("recorded late", names(.pushed)), ("in doubt", names(.doubted))], run: nil,
            revision: nil)
    }

    private func names(_ fate: RecoveredOutcome.Fate) -> [EnvironmentName] {
        fates.filter { $0.fate == fate }.map(\.name)
    }
}
