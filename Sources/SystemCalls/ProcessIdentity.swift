internal import CBankhook

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// This process, as a lock names it to others.
package enum ProcessIdentity {
    /// The process id.
    package static var process: Int { Int(getpid()) }

    /// Whether a process of this machine runs, whoever owns it.
    package static func isRunning(_ process: Int) -> Bool {
        guard process > 0, let number = pid_t(exactly: process) else { return false }
        return kill(number, 0) == 0 || errno == EPERM
    }

    /// What `gethostname` returns, with anything but printable ASCII as `?`.
    package static var host: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        let bytes = buffer.prefix { $0 != 0 }.map { byte in
            (0x20...0x7E).contains(byte) ? UInt8(byte) : UInt8(ascii: "?")
        }
        return bytes.isEmpty ? "unknown" : String(decoding: bytes, as: UTF8.self)
    }
}

/// Ends the process without another instruction of its own.
package func endProcess(status: Int32) -> Never {
    _exit(status)
}

/// Sees to it that so many files may be open at a time; returns the limit where it is lower and
/// cannot be raised, else nil.
package func limitOfOpenFiles(below needed: Int) -> Int? {
    let limit = bankhook_raise_open_files(needed)
    return limit < needed ? limit : nil
}

/// Keeps this process's memory, and so its secrets, out of core files; false where it cannot.
package func forbidCoreFiles() -> Bool {
    bankhook_forbid_core_files() == 0
}
