internal import BankhookDelivery
internal import SourceText

/// Payloads in columns, each row beginning with a word of our own.
struct PayloadTable {
    private static let heading = [
        "PROGRESS", "DATE_TIME", "LINK_ID", "ENTITY_ID", "STATEMENT_ID", "REASON",
    ]
    private var rows = [[String]]()

    /// Whether there is no row.
    var isEmpty: Bool { rows.isEmpty }

    /// Adds a row.
    mutating func add(_ entry: ListedPayload, _ payloads: ForeignPayloads) {
        let payload = entry.payload
        let word = payload.progress.flatMap { ["completed", "failed"].contains($0) ? $0 : nil }
        rows.append([
            word ?? "? \(payloads.text(payload.progress))", payloads.text(entry.dateTime),
            payloads.text(payload.linkID), payloads.text(payload.entityID),
            payloads.text(payload.statementID), payloads.text(payload.reason),
        ])
    }

    /// The rows under their headings, or words where there are none.
    func text(_ palette: Palette) -> String {
        guard !rows.isEmpty else { return "no payload is listed\n" }
        let table = [PayloadTable.heading] + rows
        var widths = PayloadTable.heading.map(\.columns)
        for row in rows {
            for column in row.indices { widths[column] = max(widths[column], row[column].columns) }
        }
        return table.enumerated().map { number, row in
            let cells = zip(row, widths).map { $0.padding(to: $1) }
            let first = palette.paint(cells[0], PayloadTable.tone(of: row[0]))
            let line = ([first] + cells[1...]).joined(separator: "  ")
            return palette.paint(line.trimmingTrailingBlanks, number == 0 ? .strong : nil) + "\n"
        }.joined()
    }

    private static func tone(of word: String) -> Palette.Tone? {
        switch word {
        case "failed": .error
        case "completed": .good
        default: nil
        }
    }
}

extension String {
    fileprivate var trimmingTrailingBlanks: String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
