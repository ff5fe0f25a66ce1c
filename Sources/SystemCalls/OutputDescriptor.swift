internal import CBankhook

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Standard output or standard error, written to at once and never with a fatal signal.
package struct OutputDescriptor: Sendable {
    let descriptor: Int32

    package static let standardOutput = OutputDescriptor(descriptor: STDOUT_FILENO)
    package static let standardError = OutputDescriptor(descriptor: STDERR_FILENO)

    /// Writes a text whole, but not in one piece: whoever shares the descriptor has to take turns.
    package func write(_ text: String) throws(SystemCallError) {
        try write(Array(text.utf8))
    }

    /// Writes bytes whole.
    func write(_ bytes: [UInt8]) throws(SystemCallError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { buffer in
                retrying { unsafe systemWrite(descriptor, buffer.baseAddress, buffer.count) }
            }
            guard count > 0 else { throw SystemCallError("write", number: errno) }
            written += count
        }
    }

    /// Whether a person may be looking at it.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The width of its terminal; nil for no terminal, and where it does not tell.
    package var columns: Int? {
        let columns = Int(bankhook_terminal_columns(descriptor))
        return columns > 0 ? columns : nil
    }
}

/// Standard input, as far as a prompt needs it.
package enum StandardInput {
    package static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
