internal import BankhookModel
internal import BankhookState

extension RecordReader {
    /// Reads the records of a folder on a branch.
    init(of files: BranchFiles, on branch: StateBranch) {
        self.init(path: GitStore.place(on: branch), files: files, branch: branch)
    }
}
