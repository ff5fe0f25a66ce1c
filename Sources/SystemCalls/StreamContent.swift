#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Data from wherever a person lets it come from: a file, a pipe, standard input.
package enum StreamContent {
    /// Reads to the end, and waits for it. Nil where there is more than `limit` bytes.
    package static func read(path: String, limit: Int) throws(SystemCallError) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { throw SystemCallError("open", number: errno) }
        defer { close(file) }
        return try read(file, limit: limit)
    }

    /// Reads standard input to its end.
    package static func readStandardInput(limit: Int) throws(SystemCallError) -> [UInt8]? {
        try read(STDIN_FILENO, limit: limit)
    }

    private static func read(_ file: Int32, limit: Int) throws(SystemCallError) -> [UInt8]? {
        var bytes = [UInt8]()
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { buffer in
                retrying { unsafe systemRead(file, buffer.baseAddress, buffer.count) }
            }
            guard count >= 0 else { throw SystemCallError("read", number: errno) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { return nil }
        }
    }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
    unsafe read(descriptor, bytes, count)
}
