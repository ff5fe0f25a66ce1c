/// A commit of the branch, with the records that it holds.
package struct BranchTip: Sendable {
    /// The commit's id.
    package let id: String
    package let files: BranchFiles

    package init(id: String, files: BranchFiles) {
        self.id = id
        self.files = files
    }
}
