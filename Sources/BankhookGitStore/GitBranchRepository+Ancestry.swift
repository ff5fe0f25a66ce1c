package import BankhookState

/// Whether one commit of the branch grew out of another.
extension GitBranchRepository {
    /// More commits than a branch has. git's own word for all of them, 2147483647, would fetch the
    /// history of everything else in the clone too.
    private static let wholeDepth = 1_000_000_000

    package func isCommit(_ commit: String, descendedFrom other: String)
        async throws(BranchError) -> Bool
    {
        guard commit != other else { return true }
        if try await isReached(other, from: commit) { return true }
        // In a shallow clone a fetch may have cut the history off between the two: another run's
        // first one, or anybody's with a depth. Only all of the branch tells that it was rewritten.
        guard try await isShallow() else { return false }
        let ref = transientRef("whole")
        guard try await fetch(into: ref, ["--depth=\(GitBranchRepository.wholeDepth)"]) else {
            return false
        }
        try await updateRefs(["delete \(ref)"])
        return try await isReached(other, from: commit)
    }

    private func isReached(_ other: String, from commit: String) async throws(BranchError) -> Bool {
        try await run(["rev-list", "--max-count=1", other, "^\(commit)", "--"]).isEmpty
    }
}
