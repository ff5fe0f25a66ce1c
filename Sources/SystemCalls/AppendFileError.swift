/// Why a file cannot be added to.
package enum AppendFileError: Error, Equatable, Sendable {
    /// It is no plain file; the words say what.
    case other(String)
    /// Another process uses it.
    case inUse
    case systemCall(SystemCallError)
}
