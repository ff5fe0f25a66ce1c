/// One file of the folder that a commit replaces or removes.
package struct BranchChange: Equatable, Sendable {
    /// Its name in the folder.
    package let file: String
    /// Nil where it is removed.
    package let bytes: [UInt8]?

    package init(file: String, bytes: [UInt8]?) {
        self.file = file
        self.bytes = bytes
    }
}
