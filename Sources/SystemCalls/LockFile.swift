#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The open lock file. The kernel ends its lock when the process ends, however it ends.
package struct LockFile: ~Copyable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // A child that was just forked holds a copy of the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// What stands in the lock file's place, or nil where it is a plain file with one name. Writing
    /// to anything else would change what it is for others.
    package func foreignKind() throws(SystemCallError) -> String? {
        try FileContent.kind(FileContent.status(of: descriptor), allowsOtherNames: false)
    }

    /// Takes the lock if nobody holds it.
    package func tryLock() throws(SystemCallError) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return false
            default: throw SystemCallError("flock", number: errno)
            }
        }
        return true
    }

    /// Writes who holds the lock, from the file's start. It need not be durable: a holder that a
    /// power cut ends holds nothing.
    package func write(_ bytes: [UInt8]) throws(SystemCallError) {
        guard ftruncate(descriptor, 0) == 0 else {
            throw SystemCallError("ftruncate", number: errno)
        }
        let count = unsafe bytes.withUnsafeBytes { buffer in
            retrying { unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, 0) }
        }
        guard count == bytes.count else { throw SystemCallError("write", number: errno) }
    }
}
