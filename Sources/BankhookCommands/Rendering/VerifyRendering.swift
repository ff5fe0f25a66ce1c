internal import BankhookHistory
internal import BankhookModel
internal import BankhookState
internal import JSONSyntax

/// What `state verify` found, as a person or a program reads it.
struct VerifyRendering {
    let report: VerifyReport
    /// Whether records in which nothing was found are listed, and not only counted.
    let showsAll: Bool

    private var troubled: Set<EnvironmentName> {
        Set(report.problems.compactMap(\.environment))
    }

    // MARK: Text

    /// Problems first, then a line for each record that is to be known of, then the count.
    var text: String {
        let troubled = troubled
        let shown = report.records.filter { verified in
            let record = verified.decoded.record
            return showsAll || troubled.contains(record.environment) || record.pending != nil
        }
        return report.problems.map(line).joined()
            + shown.map { line($0, isTroubled: troubled) }.joined() + gap + count
    }

    private func line(_ found: VerifyReport.Problem) -> String {
        "error: \(found.problem.message)" + (found.commit.map { " (commit \($0))" } ?? "") + "\n"
            + (found.problem.hint.map { "       \($0)\n" } ?? "")
    }

    private func line(
        _ verified: StateVerification.Verified, isTroubled troubled: Set<EnvironmentName>
    ) -> String {
        let record = verified.decoded.record
        var words = [
            troubled.contains(record.environment) ? "not ok" : "ok", "serial \(record.serial)",
        ]
        if let versions = verified.versions {
            words.append("\(VerifyRendering.count(versions, "version")) in history")
        }
        if let pending = record.pending {
            words.append("outcome unknown since \(pending.unknownSince)")
        }
        return "\(record.environment): \(words.joined(separator: ", "))\n"
    }

    private var gap: String {
        guard let gap = report.gap, !report.isHistoryRequired else { return "" }
        switch gap.status {
        case .incomplete: return "warning: \(gap.message); \(gap.hint)\n"
        case .none: return "note: \(gap.message)\n"
        }
    }

    private var count: String {
        let problems = report.problems.count
        let found = problems == 0 ? "no problem" : VerifyRendering.count(problems, "problem")
        // A file that is no record is not counted as one.
        let read = report.problems.contains(where: isUnread) ? " read" : ""
        return "\(VerifyRendering.count(report.records.count, "record"))\(read), \(found)"
            + (report.gap == nil ? "" : " (history not checked)") + ".\n"
    }

    private func isUnread(_ found: VerifyReport.Problem) -> Bool {
        guard found.problem.file != nil else { return false }
        return !report.records.contains { $0.decoded.record.environment == found.environment }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    // MARK: JSON

    /// The same as data.
    var json: String {
        let troubled = troubled
        return JSONOutput.text([
            "format_version": .integer(1), "history": history,
            "problems": .array(report.problems.map(value)),
            "records": .array(report.records.map { value($0, isTroubled: troubled) }),
        ])
    }

    private var history: JSONValue {
        [
            "hint": .optional(report.gap?.hint), "message": .optional(report.gap?.message),
            "status": .string(report.gap?.status.rawValue ?? "complete"),
        ]
    }

    private func value(_ found: VerifyReport.Problem) -> JSONValue {
        [
            "code": .string(found.problem.code), "commit": .optional(found.commit),
            "environment": .optional(found.environment?.text),
            "file": .optional(found.problem.file), "hint": .optional(found.problem.hint),
            "message": .string(found.problem.message),
        ]
    }

    private func value(
        _ verified: StateVerification.Verified, isTroubled troubled: Set<EnvironmentName>
    ) -> JSONValue {
        let record = verified.decoded.record
        return [
            "environment": .string(record.environment.text),
            "lineage": .string(record.lineage.text),
            "ok": .bool(!troubled.contains(record.environment)),
            "reformatted": .bool(verified.decoded.isReformatted),
            "serial": .integer(record.serial),
            "unknown_since": .optional(record.pending?.unknownSince.description),
            "versions": .optional(verified.versions),
        ]
    }
}
