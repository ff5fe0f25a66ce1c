internal import Dispatch
internal import SourceText
internal import Synchronization
internal import SystemCalls

/// Standard output for data, standard error for everything else.
///
/// A text that cannot be written stops nothing: an apply must record what it sent. Whether data was
/// lost is told at the end. A server's console never waits for a reader either (`PrintQueue`).
package final class Console: Sendable {
    private let isDataLost = Mutex(false)
    /// Why the first text did not reach standard output.
    private let outputError = Mutex(SystemCallError?.none)
    private let writes = Mutex(0)
    /// Held while a text is written. A full pipe takes texts in pieces: those of two tasks would mix,
    /// and a piece of what a server sent could begin a line.
    private let outputTurn = Mutex(())
    /// The same for standard error, with whether the live line is shown there.
    private let messageTurn = Mutex(false)
    private let isQuiet: Bool
    /// A server's, which never wait; one per stream, so that each is printed though nobody reads the
    /// other.
    private let (outputQueue, messageQueue): (PrintQueue?, PrintQueue?)
    /// How data for a person is emphasised on standard output.
    let palette: Palette
    /// The same for standard error.
    let messagePalette: Palette
    /// Whether a line that is written over again and again helps somebody.
    let showsLiveLine: Bool

    /// Whether a person may be looking at the data.
    var isOutputOnTerminal: Bool { OutputDescriptor.standardOutput.isTerminal }

    /// How wide the terminal is that data goes to; nil where it goes elsewhere, or nobody knows.
    var outputColumns: Int? { OutputDescriptor.standardOutput.columns }

    /// How wide the terminal is that messages go to; nil where they go elsewhere, or it does not say.
    var messageColumns: Int? { OutputDescriptor.standardError.columns }

    /// The width of a terminal that does not tell its own.
    private static let usualColumns = 80
    /// Begins the line anew and empties it.
    private static let erasure = "\r\u{1B}[K"

    package convenience init() {
        self.init(isQuiet: false, color: .never, isDumb: true)
    }

    /// `isDumb` tells that the terminal knows no sequences. For a server nothing waits until a text
    /// is printed; call `finish` at its end.
    init(isQuiet: Bool, color: ColorMode, isDumb: Bool, isServer: Bool = false) {
        self.isQuiet = isQuiet
        (outputQueue, messageQueue) = isServer ? (PrintQueue(), PrintQueue()) : (nil, nil)
        palette = Console.palette(for: .standardOutput, color, isDumb: isDumb)
        messagePalette = Console.palette(for: .standardError, color, isDumb: isDumb)
        showsLiveLine = !isQuiet && !isDumb && OutputDescriptor.standardError.isTerminal
    }

    private static func palette(for output: OutputDescriptor, _ color: ColorMode, isDumb: Bool)
        -> Palette
    {
        switch color {
        case .always: .colored
        case .never: .plain
        case .auto: output.isTerminal && !isDumb ? .colored : .plain
        }
    }

    // MARK: Data

    /// Writes data.
    package func output(_ text: String) {
        guard let outputQueue else { return writeOutput(text) }
        outputQueue.print(text) { [self] text in
            writeOutput(text)
        } reportOmitted: { [self] lines in
            message(Console.omission(of: lines, from: "standard output"))
        }
    }

    private func writeOutput(_ text: String) {
        eraseLiveLine()
        do throws(SystemCallError) {
            try write { () throws(SystemCallError) in
                try outputTurn.withLock { _ throws(SystemCallError) in
                    try OutputDescriptor.standardOutput.write(text)
                }
            }
        } catch {
            guard !error.isClosedPipe else { return }
            isDataLost.withLock { $0 = true }
            outputError.withLock { $0 = $0 ?? error }
        }
    }

    /// Writes data to a file that a person named, and tells whether it is there.
    @discardableResult
    func output(_ text: String, to file: OutputFile) -> Bool {
        do throws(OutputFileError) {
            try write { () throws(OutputFileError) in try file.write(text) }
            return true
        } catch {
            guard !error.isClosedPipe else { return false }
            isDataLost.withLock { $0 = true }
            message(
                "error: \(PrintableText(file.path)) cannot be written: \(error); \(error.wayOut)\n")
            return false
        }
    }

    /// Says so where standard output lost data: nobody may take what is there for everything.
    func reportLostOutput() {
        guard let error = outputError.withLock({ $0 }) else { return }
        message(
            "error: standard output cannot be written: \(error)\n"
                + "       only what was to be printed is lost: what was done is done, and recorded\n"
        )
    }

    /// 74 where data was lost; a reader that closed the pipe wanted no more.
    package var status: ExitStatus {
        isDataLost.withLock { $0 } ? .outputNotWritten : .done
    }

    // MARK: Messages

    /// Writes what a person must see: errors, warnings, a prompt.
    package func message(_ text: String) {
        guard !text.isEmpty else { return }
        let painted = messagePalette.paintHeadings(in: text)
        guard let messageQueue else { return writeMessage(painted) }
        messageQueue.print(painted) { [self] text in
            writeMessage(text)
        } reportOmitted: { [self] lines in
            message(Console.omission(of: lines, from: "standard error"))
        }
    }

    /// Writes what `--quiet` leaves out.
    package func progress(_ text: String) {
        if !isQuiet { message(text) }
    }

    /// Shows a line in place of the last one, until anything else is written. It is cut where the
    /// terminal ends: of a line that went on below only the last part could be taken away again.
    func showLiveLine(_ text: String) {
        guard showsLiveLine else { return }
        let room = max(1, (messageColumns ?? Console.usualColumns) - 1)
        let line = text.count > room ? text.prefix(room - 1) + "…" : text[...]
        writeMessage(String(line), isLiveLine: true)
    }

    /// Removes the line that is written over again and again.
    func eraseLiveLine() {
        guard showsLiveLine else { return }
        writeMessage("")
    }

    private func writeMessage(_ text: String, isLiveLine: Bool = false) {
        write {
            messageTurn.withLock { isLiveLineShown in
                let erasure = isLiveLine || isLiveLineShown ? Console.erasure : ""
                isLiveLineShown = isLiveLine
                // There is nowhere left to report that this failed.
                try? OutputDescriptor.standardError.write(erasure + text)
            }
        }
    }

    // MARK: The end of a server

    /// How long a server's last lines wait for a reader, in seconds.
    private static let (outputPatience, messagePatience) = (2, 1)

    /// Waits until everything is printed, but not for ever, and says how much of the data is not.
    func finish() async {
        guard let outputQueue, let messageQueue else { return }
        let lines = await outputQueue.finish(within: .seconds(Console.outputPatience))
        if lines > 0 { message(Console.omission(of: lines, from: "standard output")) }
        _ = await messageQueue.finish(within: .seconds(Console.messagePatience))
    }

    private static func omission(of lines: Int, from stream: String) -> String {
        "warning: \(lines) line\(lines == 1 ? " was" : "s were") not printed: "
            + "nobody read \(stream) in time\n"
    }

    // MARK: Writing

    private func write<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        writes.withLock { $0 += 1 }
        defer { writes.withLock { $0 -= 1 } }
        try body()
    }

    /// Whether a text is being written at this moment: perhaps to a reader that does not read.
    package var isWriting: Bool {
        writes.withLock { $0 > 0 }
    }
}
