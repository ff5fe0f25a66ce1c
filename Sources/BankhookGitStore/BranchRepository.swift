package import BankhookState

/// A clone and the remote that has the branch, one operation at a time: what a simulation replaces by
/// a remote that loses answers and races.
///
/// Operations are bounded by time and by nothing else: a cancelled task does not cut them off.
package protocol BranchRepository: Sendable {
    /// The branch as the remote has it now; nil where it has no such branch. What is `known` is not
    /// read again.
    func fetch(knowing known: BranchTip?) async throws(BranchError) -> BranchTip?
    /// Makes a commit in the clone; nothing is sent. Without a parent it is the first one.
    ///
    /// What is `kept` lasts in the clone until `forget`: it holds outcomes.
    func commit(_ changes: [BranchChange], on parent: String?, _ text: CommitText, kept: Bool)
        async throws(BranchError) -> String
    /// Moves the branch from one commit to another; a failure may have moved it all the same.
    func push(_ commit: String, replacing old: String?) async throws(PushFailure)
    /// Whether a commit has another one in its history, or is it.
    func isCommit(_ commit: String, descendedFrom other: String) async throws(BranchError) -> Bool
    /// The tip that this clone last saw.
    func rememberedTip() async throws(BranchError) -> String?
    /// Remembers a tip, and forgets a commit that was kept and has arrived.
    func remember(_ tip: String, forgetting commit: String?) async throws(BranchError)
    /// The commits that are kept in this clone.
    func keptCommits() async throws(BranchError) -> [KeptCommit]
    /// What this clone keeps for another remote, branch or path, as git's names of it.
    func keptElsewhere() async throws(BranchError) -> [String]
    func forget(_ commit: String) async throws(BranchError)
}
