package import SystemCalls

/// Why receipts cannot be read or kept.
package enum ReceiptsError: Error, Equatable, Sendable {
    /// Another process uses the file: two that count the same deliveries would count them twice.
    case inUse(path: String)
    /// No plain file; the words say what.
    case other(path: String, kind: String)
    /// A line that is no receipt, counted from 1.
    case damaged(path: String, line: Int, ReceiptLineError)
    /// Renamed, replaced or removed while it was in use.
    case gone(path: String)
    /// A receipt that no later run would read.
    case tooLong(path: String)
    case systemCall(path: String, SystemCallError)

    init(_ error: AppendFileError, path: String) {
        switch error {
        case .inUse: self = .inUse(path: path)
        case .other(let kind): self = .other(path: path, kind: kind)
        case .systemCall(let error): self = .systemCall(path: path, error)
        }
    }

    /// Somebody else holds the file.
    package var isLock: Bool {
        if case .inUse = self { true } else { false }
    }

    /// What to do about it.
    package var wayOut: String {
        switch self {
        case .inUse: "end it first, or let each have a file of its own"
        case .other: "name a plain file"
        case .damaged: "mend or remove that line"
        case .gone:
            "put it back where it was, then start this again: without it a new file begins, which "
                + "knows of nothing that was received"
        case .tooLong: "what is that long has no receipt: leave it out"
        case .systemCall(_, let error): error.wayOut
        }
    }
}

extension ReceiptsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let path):
            "the receipts in \(path) are in use by another process (a listen or recover)"
        case .other(let path, let kind): "\(path) cannot hold receipts: it is \(kind)"
        case .damaged(let path, let line, let error): "\(path):\(line) is no receipt: \(error)"
        case .gone(let path): "\(path) was renamed, replaced or removed while it was in use"
        case .tooLong(let path):
            "a receipt of more than \(ReceiptLines.longest) bytes is not written to \(path)"
        case .systemCall(let path, let error): "\(path): \(error)"
        }
    }
}
