/// Why an output file cannot be written.
package enum OutputFileError: Error, Equatable, Sendable {
    case directory
    case deviceOrSocket
    /// It leads to a plain file somewhere else, or to nothing.
    case symbolicLink
    case systemCall(SystemCallError)

    /// The reader of a pipe has gone: it wanted no more.
    package var isClosedPipe: Bool {
        guard case .systemCall(let error) = self else { return false }
        return error.isClosedPipe
    }

    /// What to do about it.
    package var wayOut: String {
        switch self {
        case .directory: "name a file in it"
        case .deviceOrSocket: "name a plain file or a pipe"
        case .symbolicLink: "name the file that it should lead to"
        case .systemCall(let error): error.wayOut
        }
    }
}

extension OutputFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .directory: "it is a directory"
        case .deviceOrSocket: "it is a device or socket"
        case .symbolicLink: "it is a symbolic link"
        case .systemCall(let error): "\(error)"
        }
    }
}
