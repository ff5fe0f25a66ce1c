/// One file that is to be replaced whole, or removed.
package enum FileChange: Equatable, Sendable {
    /// `temporary` is the name under which the bytes are written first.
    case replace(String, bytes: [UInt8], temporary: String)
    case remove(String)
}
