/// A commit with outcomes that may not have arrived at the remote.
package struct KeptCommit: Sendable {
    package let id: String
    /// What the folder held in its parent, and what in it.
    package let before: BranchFiles
    package let after: BranchFiles

    package init(id: String, before: BranchFiles, after: BranchFiles) {
        self.id = id
        self.before = before
        self.after = after
    }
}
