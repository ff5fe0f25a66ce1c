/// One file that is to be replaced whole, or removed.
package enum FileChange: Equatable, Sendable {
    /// `temporary` is the name under which the bytes are written first.
    case replace(String, bytes: [UInt8], temporary: String)
    case remove(String)

    /// The name of the file that changes.
    package var name: String {
        switch self {
        case .replace(let name, _, _), .remove(let name): name
        }
    }
}
