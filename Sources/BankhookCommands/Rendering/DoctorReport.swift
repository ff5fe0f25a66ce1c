internal import JSONSyntax
internal import SourceText

/// What `doctor` has to tell.
struct DoctorReport {
    let findings: [DoctorFinding]
    /// The width of the terminal, where there is one: a log gets a line for each.
    var columns: Int?

    /// 1 with an error.
    var status: ExitStatus { count(.error) > 0 ? .error : .done }

    private func count(_ status: DoctorFinding.Status) -> Int {
        findings.count { $0.status == status }
    }

    // MARK: Text

    private static let statusWidth = 7
    private static let checkWidth = 13

    /// A line for each, its next step below it, and the count.
    func text(_ palette: Palette) -> String {
        var text = ""
        var rest = findings[...]
        while let finding = rest.popFirst() {
            // What could not be looked at for one reason is one line.
            let same = [finding] + rest.filter { isSame($0, finding) }
            rest.removeAll { isSame($0, finding) }
            text += line(finding, same.map(\.check.shown), palette)
            // A step that several lines share stands below the last of them.
            if let next = finding.next, next != rest.first?.next {
                text += "\(indent)next: \(next)\n"
            }
        }
        return text + summary + "\n"
    }

    private var indent: String { String(repeating: " ", count: DoctorReport.statusWidth + 2) }

    private func isSame(_ one: DoctorFinding, _ other: DoctorFinding) -> Bool {
        one.code == "not_checked" && one.code == other.code && one.message == other.message
            && one.next == other.next && one.subject == nil && other.subject == nil
    }

    private func line(_ finding: DoctorFinding, _ checks: [String], _ palette: Palette) -> String {
        let word = finding.status.rawValue
        let status =
            palette.paint(word, tone(finding.status))
            + String(repeating: " ", count: DoctorReport.statusWidth - word.count)
        let names = checks.joined(separator: ", ").padding(to: DoctorReport.checkWidth)
        let subject = finding.subject.flatMap { subject in
            // Messages about a store or a file may name it themselves.
            [.state, .trustRoots].contains(finding.check) && finding.message.contains(subject)
                ? nil : "\(subject): "
        }
        return status + "  " + wrapped("\(names)  \(subject ?? "")\(finding.message)") + "\n"
    }

    /// Broken at blanks where a terminal would break it in a word, and indented behind the status.
    ///
    /// Next steps are left to the terminal: what is copied from them must stay one line.
    private func wrapped(_ text: String) -> String {
        let room = (columns ?? .max) - indent.count
        guard text.count > room, room >= DoctorReport.leastRoom else { return text }
        var lines = [String]()
        var rest = text[...]
        while rest.count > room {
            // The columns stay together; a word that is longer than a line is left whole.
            let isFirst = lines.isEmpty
            let start = rest.index(
                rest.startIndex, offsetBy: isFirst ? DoctorReport.checkWidth + 2 : 1)
            let end = rest.index(rest.startIndex, offsetBy: room)
            let words = rest[start...]
            guard
                let blank = words[...end].lastIndex(of: " ")
                    ?? words[end...].firstIndex(of: " ")
            else { break }
            lines.append(DoctorReport.line(String(rest[..<blank]), isFirst: isFirst))
            rest = rest[rest.index(after: blank)...]
        }
        return (lines + [DoctorReport.line(String(rest), isFirst: lines.isEmpty)]).joined(
            separator: "\n\(indent)")
    }

    /// Text of elsewhere must open no command of a CI by beginning a line.
    private static func line(_ text: String, isFirst: Bool) -> String {
        isFirst ? text : PrintableText(text).description
    }

    /// Below this a text is no better for being broken.
    private static let leastRoom = 20

    private func tone(_ status: DoctorFinding.Status) -> Palette.Tone {
        switch status {
        case .ok: .added
        case .warning: .warning
        case .error: .error
        }
    }

    private var summary: String {
        let troubles = [(DoctorFinding.Status.warning, "warning"), (.error, "error")]
            .filter { count($0.0) > 0 }
            .map { ", \(DoctorText.count(count($0.0), $0.1))" }
        return "Doctor: \(count(.ok)) ok\(troubles.joined())."
    }

    // MARK: JSON

    /// Everything, with null for what is absent.
    var json: String {
        JSONOutput.text([
            "checks": .array(findings.map(value)), "format_version": .integer(1),
            "summary": [
                "error": .integer(count(.error)), "ok": .integer(count(.ok)),
                "warning": .integer(count(.warning)),
            ],
        ])
    }

    private func value(of finding: DoctorFinding) -> JSONValue {
        [
            "check": .string(finding.check.rawValue), "code": .optional(finding.code),
            "message": .string(finding.message), "next": .optional(finding.next),
            "status": .string(finding.status.rawValue), "subject": .optional(finding.subject),
        ]
    }
}
