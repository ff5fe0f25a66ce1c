package import SystemCalls

/// The files of a state directory, one system call at a time: what a simulation replaces by a disk
/// that forgets what was not synced.
package protocol StateFiles: RecordFiles {
    /// Creates a file that does not exist yet; its content is durable when `isSynced`.
    func create(_ name: String, bytes: [UInt8], isSynced: Bool) throws(SystemCallError)
    /// Whether `syncAll` can be used; where it cannot, every file is synced by itself.
    var canSyncAll: Bool { get }
    /// Makes durable what every created file holds, in one go.
    func syncAll() throws(SystemCallError)
    /// Gives a file another's name, in the other's place where there is one.
    func rename(_ name: String, to newName: String) throws(SystemCallError)
    /// Removes a file; one that is absent already is fine.
    func unlink(_ name: String) throws(SystemCallError)
    /// Makes durable which names the directory holds.
    func syncDirectory() throws(SystemCallError)
    /// Whether the path still leads to this directory, and not to another one in its place.
    func isStillThere() -> Bool
}

extension DirectoryHandle: StateFiles {}
