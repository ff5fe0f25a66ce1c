internal import Synchronization
internal import SystemCalls

/// Standard output for data, standard error for everything else.
///
/// A text that cannot be written stops nothing: an apply must record what it sent. Whether data was
/// lost is told at the end.
package final class Console: Sendable {
    private let outputFailure = Mutex<SystemCallError?>(nil)
    private let writes = Mutex(0)
    private let isQuiet: Bool

    package init(isQuiet: Bool = false) {
        self.isQuiet = isQuiet
    }

    /// Writes data.
    package func output(_ text: String) {
        do throws(SystemCallError) {
            try write(text, to: .standardOutput)
        } catch {
            outputFailure.withLock { $0 = $0 ?? error }
        }
    }

    /// Writes what a person must see: errors, warnings, a prompt.
    package func message(_ text: String) {
        // There is nowhere left to report that this failed.
        try? write(text, to: .standardError)
    }

    private func write(_ text: String, to output: OutputDescriptor) throws(SystemCallError) {
        writes.withLock { $0 += 1 }
        defer { writes.withLock { $0 -= 1 } }
        try output.write(text)
    }

    /// Whether a text is being written at this moment: perhaps to a reader that does not read.
    package var isWriting: Bool {
        writes.withLock { $0 > 0 }
    }

    /// Writes what `--quiet` leaves out.
    package func progress(_ text: String) {
        if !isQuiet { message(text) }
    }

    /// 74 where data was lost; a reader that closed the pipe wanted no more.
    package var status: ExitStatus {
        outputFailure.withLock { failure in
            guard let failure, !failure.isClosedPipe else { return .done }
            return .outputNotWritten
        }
    }
}
