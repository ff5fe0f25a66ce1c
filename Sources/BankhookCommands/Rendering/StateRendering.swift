internal import BankhookModel
internal import BankhookPlan
internal import SourceText

/// Records as a person reads them.
struct StateRendering {
    let now: Timestamp
    var palette = Palette.plain

    /// A line for each record, in columns.
    func list(_ records: [Record]) -> String {
        guard !records.isEmpty else { return "nothing is recorded\n" }
        let rows = records.map { record in
            [
                record.environment.text,
                record.applied.map { "\($0.registration.mode.rawValue)" } ?? "-",
                "\(record.serial)", status(of: record),
                record.applied?.registration.webhookURL.text ?? "-",
            ]
        }
        let table = [["NAME", "MODE", "SERIAL", "STATUS", "WEBHOOK_URL"]] + rows
        let widths = table[0].indices.map { column in table.map { $0[column].columns }.max() ?? 0 }
        let tones = [.strong] + records.map { $0.pending == nil ? nil : Palette.Tone.warning }
        return zip(table, tones).map { row, tone in
            let line = zip(row, widths).map { $0.padding(to: $1) }.joined(separator: "  ")
                .trimmingTrailingBlanks
            return palette.paint(line, tone) + "\n"
        }.joined()
    }

    private func status(of record: Record) -> String {
        if let pending = record.pending { return "outcome unknown since \(pending.unknownSince)" }
        guard let applied = record.applied else { return "-" }
        return "\(applied.origin.rawValue) "
            + Age.text(seconds: now.seconds(since: applied.appliedAt))
    }

    /// One record, a field a line.
    func show(_ record: Record) -> String {
        var lines = [
            ("environment", record.environment.text), ("lineage", record.lineage.text),
            ("serial", "\(record.serial)"),
        ]
        if let applied = record.applied {
            lines += fields(applied.registration)
            lines += [
                (applied.origin.rawValue, "\(applied.appliedAt) by \(applied.tool)"),
                ("account", applied.account.text),
            ]
            lines += applied.webhookSecrets.sorted { $0.key < $1.key }.map {
                ($0.key, $0.value.text)
            }
            if let run = applied.run { lines.append(("run", run)) }
        } else {
            lines.append(("applied", "nothing yet"))
        }
        if let pending = record.pending {
            lines.append(
                (
                    "pending",
                    "\(pending.action.rawValue) by \(pending.holder); outcome unknown since "
                        + "\(pending.unknownSince): the next apply sends again"
                ))
            lines += fields(pending.registration).map { ("  \($0.0)", $0.1) }
        }
        return lines.map { "\($0.0.padding(to: 14))  \(PrintableText($0.1))\n" }.joined()
    }

    private func fields(_ registration: Registration) -> [(String, String)] {
        [
            ("webhook_url", registration.webhookURL.text),
            ("webhook_mode", "\(registration.mode)"),
            ("base_url", registration.baseURL.canonical), ("flow", registration.flow.rawValue),
        ]
    }
}

extension String {
    fileprivate var trimmingTrailingBlanks: String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
