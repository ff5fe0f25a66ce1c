internal import Synchronization
internal import SystemCalls

/// The file that says what an endpoint has: NDJSON, for this user only, one process at a time.
///
/// What `append` returned for is on the disk, in the file that the path names. Receipts that wait together share one sync.
package final class ReceiptsFile: Sendable {
    package let path: String
    /// Whether it was made just now: there was none at that path.
    package let isNew: Bool
    /// Nothing was received yet, as far as it says.
    package let isEmpty: Bool
    /// How many bytes of a cut last line were dropped.
    package let droppedBytes: Int
    private let file: AppendFile

    private struct Writes {
        /// How long the file is: always after a whole line.
        var length: Int
        /// Why nothing more can be added.
        var failure: ReceiptsError?
    }
    private struct Syncs {
        var length: Int
        /// The system reports a failed write once, and knows no better afterwards.
        var failure: ReceiptsError?
    }
    private let writes: Mutex<Writes>
    private let syncs: Mutex<Syncs>

    /// Opens or makes the file, locks it until the end, and shows a body what it holds.
    ///
    /// A line in the middle that is no receipt is an error: taking it for none would deliver again
    /// what was received.
    package init(path: String, _ body: (Receipt) -> Void = { _ in }) throws(ReceiptsError) {
        self.path = path
        let file: AppendFile
        do {
            file = try AppendFile(path: path)
        } catch {
            throw ReceiptsError(error, path: path)
        }
        let summary = try ReceiptLines(file: file, path: path).read(body)
        var length = summary.end
        do {
            if summary.cut > 0 { try file.truncate(to: length) }
            if summary.lacksNewline {
                try file.append([UInt8(ascii: "\n")])
                length += 1
            }
            // What somebody else wrote and had no time to sync is relied on from here on.
            try file.sync()
        } catch {
            throw .systemCall(path: path, error)
        }
        self.file = file
        isNew = file.isNew
        isEmpty = summary.end == 0
        droppedBytes = summary.cut
        writes = Mutex(Writes(length: length))
        syncs = Mutex(Syncs(length: length))
    }

    /// Shows a body what a file holds, without a lock and without a change to it; returns how many
    /// bytes of a cut last line were passed over, or nil where there is no such file.
    package static func read(path: String, _ body: (Receipt) -> Void) throws(ReceiptsError) -> Int?
    {
        let file: AppendFile?
        do {
            file = try AppendFile(reading: path)
        } catch {
            throw ReceiptsError(error, path: path)
        }
        guard let file else { return nil }
        return try ReceiptLines(file: file, path: path).read(body).cut
    }

    /// Adds a receipt; it is durable when this returns.
    package func append(_ receipt: Receipt) throws(ReceiptsError) {
        try sync(upTo: try write(receipt.line))
        // Last: what is renamed from here on went with a receipt that counted.
        try checkPlace()
    }

    /// Throws where the path leads to another file or none, as after a rotation of logs: the next run
    /// would not find what was added, and would not find the lock either.
    ///
    /// Nothing more is added then: in a file that is kept elsewhere it would pass for received.
    private func checkPlace() throws(ReceiptsError) {
        let isInPlace: Bool
        do {
            isInPlace = try file.isInPlace()
        } catch {
            throw ReceiptsError(error, path: path)
        }
        guard !isInPlace else { return }
        let failure = ReceiptsError.gone(path: path)
        writes.withLock { $0.failure = failure }
        throw failure
    }

    /// Adds a line whole or not at all, and returns where it ends.
    private func write(_ line: [UInt8]) throws(ReceiptsError) -> Int {
        guard line.count <= ReceiptLines.longest else { throw .tooLong(path: path) }
        let result: Result<Int, ReceiptsError> = writes.withLock { writes in
            if let failure = writes.failure { return .failure(failure) }
            do throws(SystemCallError) {
                try file.append(line)
                writes.length += line.count
                return .success(writes.length)
            } catch {
                let failure = ReceiptsError.systemCall(path: path, error)
                do throws(SystemCallError) {
                    try file.truncate(to: writes.length)
                } catch {
                    writes.failure = failure
                }
                return .failure(failure)
            }
        }
        return try result.get()
    }

    private func sync(upTo end: Int) throws(ReceiptsError) {
        let result: Result<Void, ReceiptsError> = syncs.withLock { syncs in
            if let failure = syncs.failure { return .failure(failure) }
            guard syncs.length < end else { return .success(()) }
            let length = writes.withLock { $0.length }
            do throws(SystemCallError) {
                try file.sync()
                syncs.length = length
                return .success(())
            } catch {
                let failure = ReceiptsError.systemCall(path: path, error)
                syncs.failure = failure
                writes.withLock { $0.failure = failure }
                return .failure(failure)
            }
        }
        try result.get()
    }
}
