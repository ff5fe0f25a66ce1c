import Foundation
import Subprocess
import SystemPackage
import Testing

/// A pseudo-terminal, so that the binary asks and somebody can answer.
final class Terminal: Sendable {
    /// The end that the program under test has as its standard input, output and error.
    let program: FileDescriptor
    private let person: FileDescriptor

    /// A terminal of so many columns; without, it does not say how many it has.
    init(columns: UInt16 = 0) throws {
        var (ours, theirs) = (CInt(-1), CInt(-1))
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        try #require(unsafe openpty(&ours, &theirs, nil, nil, &size) == 0)
        person = FileDescriptor(rawValue: ours)
        program = FileDescriptor(rawValue: theirs)
        // Another test's program must not keep either end open.
        for descriptor in [ours, theirs] {
            try #require(fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0)
        }
    }

    /// Types a line.
    func type(_ line: String) throws {
        try person.writeAll("\(line)\n".utf8)
    }

    /// Reads what the program shows until one of some texts is among it, in whatever colours.
    @discardableResult
    func read(until texts: String...) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try self.readNow(until: texts) })
            }
        }
    }

    private func readNow(until texts: [String]) throws -> String {
        var shown = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let sequences = try Regex("\u{1B}\\[[0-9;]*m")
        while true {
            let plain = shown.replacing(sequences, with: "")
            if texts.contains(where: { shown.contains($0) || plain.contains($0) }) { break }
            let count = try unsafe buffer.withUnsafeMutableBytes {
                try unsafe person.read(into: $0)
            }
            guard count > 0 else { throw Ended(shown: shown) }
            shown += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return shown
    }

    struct Ended: Error {
        let shown: String
    }

    deinit {
        try? program.close()
        try? person.close()
    }
}

extension Workspace {
    /// A run whose standard streams are a terminal.
    typealias RunningOnTerminal = Execution<
        FileDescriptorInput, FileDescriptorOutput, FileDescriptorOutput
    >

    /// Starts the binary on a terminal, gives a body both, and waits for its end.
    func startOnTerminal(
        _ arguments: [String], columns: UInt16 = 0,
        _ body: (RunningOnTerminal, Terminal) async throws -> Void
    ) async throws -> Bankhook.Result {
        let terminal = try Terminal(columns: columns)
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment(
                variables.merging(["TERM": "xterm-256color"]) { own, _ in own }),
            workingDirectory: FilePath(directory),
            input: .fileDescriptor(terminal.program, closeAfterSpawningProcess: false),
            output: .fileDescriptor(terminal.program, closeAfterSpawningProcess: false),
            error: .fileDescriptor(terminal.program, closeAfterSpawningProcess: false)
        ) { running in
            try await body(running, terminal)
        }
        return Bankhook.Result(
            status: Bankhook.status(result.terminationStatus), output: "", error: "")
    }
}
