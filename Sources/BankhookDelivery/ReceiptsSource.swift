package import BankhookModel
internal import Synchronization
internal import SystemCalls

/// The receipts file of a `listen` or `recover`, read beside it: without a lock and without a change.
///
/// What counts is a whole line that was added since `begin` and that BankConnect itself delivered.
package final class ReceiptsSource: DeliverySource {
    /// The file as it was when the watch began.
    private struct Baseline {
        let file: AppendFile
        /// What is received until then, to the second, does not count.
        var startedAt: Timestamp
        /// Where the last line that was read ends.
        var position: Int
        /// How many lines end before it, for messages.
        var lines: Int
        /// What stands before it: a file that was written anew holds something else there.
        var tail: [UInt8]
        /// How many new receipts were none of BankConnect's.
        var passedOver = 0
    }

    package let name: String
    package let interval = Duration.seconds(1)
    private let time: RunTime
    private let baseline = Mutex<Baseline?>(nil)

    /// A little more than one, and how often the clock is looked at meanwhile.
    private static let second = Duration.milliseconds(1_100)
    private static let step = Duration.milliseconds(50)
    private static let pieceSize = 256 << 10
    /// How much of what was read is compared at each look, in bytes.
    private static let tailSize = 1 << 10

    /// `path` is that of the file.
    package init(path: String, time: RunTime) {
        name = path
        self.time = time
    }

    /// Reads the whole file, so that one of anything else is told at once.
    package func begin() async throws(WatchProblem) {
        let startedAt = time.now()
        guard let file = try open() else {
            throw Self.unusable("there is no file \(name)")
        }
        do throws(ReceiptsError) {
            let summary = try ReceiptLines(file: file, path: name).read { _ in }
            let baseline = Baseline(
                file: file, startedAt: startedAt, position: summary.end, lines: summary.lines,
                tail: try tail(of: file, before: summary.end))
            self.baseline.withLock { $0 = baseline }
        } catch {
            throw Self.unusable("\(error)")
        }
    }

    /// Receipts are dated to the second: what is received in this one may have come to the old URL.
    /// So it returns when the second is over, and whoever waits from then on misses nothing.
    package func registered(at moment: Timestamp) async {
        baseline.withLock { $0?.startedAt = moment }
        let end = time.elapsed() + Self.second
        while time.now() <= moment, time.elapsed() < end { await time.pause(Self.step) }
    }

    private static func unusable(_ message: String) -> WatchProblem {
        WatchProblem(
            message,
            hint: "name the file that 'bankhook listen --receipts FILE' writes at the new endpoint")
    }

    package func look(within limit: Duration) async -> DeliveryLook {
        baseline.withLock { baseline in
            guard var current = baseline else { return .nothing(passedOver: 0) }
            defer { baseline = current }
            do throws(ReceiptsError) {
                return try look(&current)
            } catch {
                return .failed(WatchProblem(error))
            }
        }
    }

    private func open() throws(WatchProblem) -> AppendFile? {
        do throws(AppendFileError) {
            return try AppendFile(reading: name)
        } catch {
            throw Self.unusable("\(ReceiptsError(error, path: name))")
        }
    }

    // MARK: Looks

    private func look(_ baseline: inout Baseline) throws(ReceiptsError) -> DeliveryLook {
        let found = try tail(of: baseline.file, before: baseline.position)
        guard found == baseline.tail else {
            return .lost(problem("got shorter, or was written anew"))
        }
        let delivery = try firstDelivery(&baseline)
        // Last: a file that was put aside until here tells nothing of its place.
        guard try isInPlace(baseline.file) else {
            return .lost(problem("was renamed, replaced or removed"))
        }
        baseline.tail = try tail(of: baseline.file, before: baseline.position)
        return delivery.map { .delivered($0) } ?? .nothing(passedOver: baseline.passedOver)
    }

    private func problem(_ happened: String) -> WatchProblem {
        WatchProblem(
            "\(name) \(happened) while it was watched",
            hint: "look into the log of what receives, and do not rotate its receipts meanwhile")
    }

    /// Reads whole lines up to the first that counts, and remembers how far it came. A last line
    /// without its newline is no receipt yet.
    private func firstDelivery(_ baseline: inout Baseline) throws(ReceiptsError) -> SeenDelivery? {
        var rest = [UInt8]()
        var offset = baseline.position
        while true {
            let piece = try read(baseline.file, at: offset, count: Self.pieceSize)
            guard !piece.isEmpty else { return nil }
            offset += piece.count
            // A long line is looked through once, not once more for each piece.
            var unseen = rest.endIndex
            rest += piece
            var start = rest.startIndex
            while let newline = rest[unseen...].firstIndex(of: UInt8(ascii: "\n")) {
                let receipt = try ReceiptLines.receipt(
                    rest[start..<newline], baseline.lines + 1, of: name)
                baseline.lines += 1
                baseline.position += newline + 1 - start
                start = newline + 1
                unseen = start
                guard let receipt else { continue }
                if isGenuine(receipt, after: baseline.startedAt) {
                    return SeenDelivery(
                        receivedAt: receipt.receivedAt, payload: receipt.payload)
                }
                baseline.passedOver += 1
            }
            rest.removeFirst(start)
            guard rest.count <= ReceiptLines.longest else {
                throw .damaged(path: name, line: baseline.lines + 1, .tooLong)
            }
        }
    }

    /// Whether BankConnect delivered it, and after the new URL was registered: one that arrived before
    /// may be written late, and came to the old URL. One without a moment tells nothing.
    private func isGenuine(_ receipt: Receipt, after moment: Timestamp) -> Bool {
        guard !receipt.isRecovered, !ProbeShape.isProbe(receipt.payload) else { return false }
        return receipt.receivedAt.map { $0 > moment } ?? false
    }

    // MARK: The file

    private func tail(of file: AppendFile, before position: Int) throws(ReceiptsError) -> [UInt8] {
        let count = min(position, Self.tailSize)
        return try read(file, at: position - count, count: count)
    }

    private func read(_ file: AppendFile, at offset: Int, count: Int) throws(ReceiptsError)
        -> [UInt8]
    {
        do {
            return try file.read(at: offset, count: count)
        } catch {
            throw .systemCall(path: name, error)
        }
    }

    private func isInPlace(_ file: AppendFile) throws(ReceiptsError) -> Bool {
        do {
            return try file.isInPlace()
        } catch {
            throw ReceiptsError(error, path: name)
        }
    }
}
