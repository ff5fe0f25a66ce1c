package import SystemCalls

/// Files that may be records: those of a directory, or of a folder on a branch.
package protocol RecordFiles: Sendable {
    /// The names of everything in the folder, in no order.
    func names() throws(SystemCallError) -> [String]
    /// Reads a plain file, without following a link.
    func read(_ name: String, limit: Int) throws(SystemCallError) -> FileContent
}
