internal import BankConnectAPI
internal import SystemCalls

/// Reads the lines of a receipts file in pieces, so that its length costs no memory.
struct ReceiptLines {
    let file: AppendFile
    let path: String

    /// The longest line that is written or read: what `listen` or `recover` was given, where each
    /// byte may become an escape of six, with the names and moments around it.
    static let longest = 6 * max(ListenResponder.longestBody, ReadRequest.answerLimit) + 1_024
    private static let pieceSize = 256 << 10

    /// What the lines come to.
    struct Summary: Equatable {
        /// Where the last whole line ends, its newline included.
        var end = 0
        /// How many bytes of a cut line stand behind it.
        var cut = 0
        /// The last line is whole, but for its newline.
        var lacksNewline = false
        /// How many whole lines there are, blank ones included.
        var lines = 0
    }

    /// Shows a body every receipt, and says how the file ends.
    ///
    /// A last line without newline that is no whole receipt was cut when its writer ended: nobody was
    /// told that it was there.
    func read(_ body: (Receipt) -> Void) throws(ReceiptsError) -> Summary {
        var summary = Summary()
        var rest = [UInt8]()
        var number = 0
        var offset = 0
        while true {
            let piece = try piece(at: offset)
            guard !piece.isEmpty else { break }
            offset += piece.count
            // A long line is looked through once, not once more for each piece.
            var unseen = rest.endIndex
            rest += piece
            var start = rest.startIndex
            while let newline = rest[unseen...].firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                if let receipt = try Self.receipt(rest[start..<newline], number, of: path) {
                    body(receipt)
                }
                start = rest.index(after: newline)
                unseen = start
            }
            summary.end += start
            summary.lines = number
            rest.removeFirst(start)
            guard rest.count <= ReceiptLines.longest else {
                throw .damaged(path: path, line: number + 1, .tooLong)
            }
        }
        guard !rest.isEmpty else { return summary }
        do throws(ReceiptsError) {
            if let receipt = try Self.receipt(rest[...], number + 1, of: path) { body(receipt) }
            summary.end += rest.count
            summary.lacksNewline = true
            summary.lines += 1
        } catch {
            // Only what was the beginning of a line of ours: not somebody's key in one line.
            guard rest.first == UInt8(ascii: "{") || rest.allSatisfy({ $0 == 0 }),
                case .damaged(_, _, .noJSON) = error
            else { throw error }
            summary.cut = rest.count
        }
        return summary
    }

    private func piece(at offset: Int) throws(ReceiptsError) -> [UInt8] {
        do {
            return try file.read(at: offset, count: ReceiptLines.pieceSize)
        } catch {
            throw .systemCall(path: path, error)
        }
    }

    /// The receipt in a line; nil in one of blanks.
    static func receipt(_ line: ArraySlice<UInt8>, _ number: Int, of path: String)
        throws(ReceiptsError) -> Receipt?
    {
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        do {
            return try Receipt(line: Array(line))
        } catch {
            throw .damaged(path: path, line: number, error)
        }
    }
}
