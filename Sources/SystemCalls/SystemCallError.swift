#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A system call that failed, with the number that it left in `errno`.
package struct SystemCallError: Error, Equatable, Sendable {
    package let call: String
    package let number: Int32

    package init(_ call: String, number: Int32) {
        self.call = call
        self.number = number
    }

    /// What to do about it.
    package var wayOut: String {
        switch number {
        case ENOSPC, EDQUOT: "free some space on that disk"
        case EACCES, EPERM, EROFS: "give this user the right to it"
        case EFBIG: "raise the file size limit (ulimit -f)"
        case EIO: "the disk reports an error: do not trust it"
        case ENOENT: "check the path"
        default: "check the path and run the command again"
        }
    }
}

extension SystemCallError {
    /// Nothing has that name.
    package var isAbsence: Bool { number == ENOENT }
    /// Something that is no directory, or a link, stands in a directory's place.
    package var isWrongKind: Bool { number == ENOTDIR || number == ELOOP }
    /// A directory stands where a file was to be removed.
    package var isDirectoryInstead: Bool { number == EISDIR || number == EPERM }
    /// Another program listens at that address.
    package var isAddressInUse: Bool { number == EADDRINUSE }
    /// The reader of a pipe has gone.
    package var isClosedPipe: Bool { number == EPIPE }
}

extension SystemCallError: CustomStringConvertible {
    package var description: String {
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) }
        return "\(call): \(reason ?? "error \(number)")"
    }
}
