/// A commit with outcomes that may not have arrived at the remote.
package struct KeptCommit: Sendable {
    package let id: String
    /// The commit that it was made on, as git takes it: the one with its intents, or a later one.
    package let parent: String
    /// What the folder held in its parent, and what in it.
    package let before: BranchFiles
    package let after: BranchFiles

    package init(id: String, parent: String, before: BranchFiles, after: BranchFiles) {
        self.id = id
        self.parent = parent
        self.before = before
        self.after = after
    }
}
