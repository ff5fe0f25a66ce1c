internal import BankConnectAPI
internal import BankhookDelivery
internal import BankhookModel
internal import JSONSyntax
internal import SourceText

/// What `probe` has to tell: no more than what happened from this machine.
struct ProbeReport {
    private let results: [ProbeResult]

    /// From so many days on, the end of a certificate is no news.
    static let daysToRenew = 14

    init(_ results: [ProbeResult]) {
        self.results = results
    }

    var status: ExitStatus {
        results.allSatisfy(\.isGood) ? .done : .incomplete
    }

    // MARK: Text

    /// A line for each payload, and what to do below those that failed.
    func text(_ palette: Palette) -> String {
        let lines = results.map { line($0, palette) }.joined()
        let failed = results.count { !$0.isGood }
        guard results.count > 1 else { return lines }
        return lines + "Probe: \(results.count - failed) answered 200 from this machine"
            + (failed > 0 ? ", \(failed) failed" : "") + ".\n"
    }

    private func line(_ result: ProbeResult, _ palette: Palette) -> String {
        let name = result.target.environment?.text ?? result.target.url.origin
        let subject = isShapeShown ? "\(name), \(shown(result.shape))" : name
        let rest = " in \(milliseconds(result)) ms\(certificate(result, palette))\n"
        guard let problem = result.problem else {
            let answered = palette.paint("answered 200", .good)
            return "\(subject): \(answered) from this machine\(rest)"
        }
        return "\(subject): \(palette.paint("failed:", .error)) \(problem.message)\(rest)"
            + "    \(problem.hint)\n"
    }

    private var isShapeShown: Bool {
        Set(results.map(\.shape)).count > 2
    }

    private func shown(_ shape: ProbeShape) -> String {
        shape.rawValue.replacing("_", with: " ")
    }

    private func certificate(_ result: ProbeResult, _ palette: Palette) -> String {
        guard let days = result.certificateDays else { return "" }
        let text = "; certificate ends in \(days) \(days == 1 ? "day" : "days")"
        guard days < ProbeReport.daysToRenew else { return text }
        return text + " (\(palette.paint("renew it", .warning)))"
    }

    private func milliseconds(_ result: ProbeResult) -> Int {
        Int((result.latency / .milliseconds(1)).rounded())
    }

    // MARK: JSON

    /// Everything, with null for what is absent.
    var json: String {
        JSONOutput.text([
            "format_version": .integer(1), "probes": .array(results.map(value)),
            "summary": [
                "answered_200": .integer(results.count(where: \.isGood)),
                "failed": .integer(results.count { !$0.isGood }),
            ],
        ])
    }

    private func value(of result: ProbeResult) -> JSONValue {
        [
            "certificate_days": .optional(result.certificateDays),
            "duration_ms": .integer(milliseconds(result)),
            "environment": .optional(result.target.environment?.text),
            "error": result.problem.map { problem in
                [
                    "code": .string(problem.code), "hint": .string(problem.hint),
                    "message": .string(problem.message),
                ]
            } ?? .null,
            "origin": .string(result.target.url.origin),
            "outcome": .string(result.isGood ? "answered_200" : "failed"),
            "shape": .string(result.shape.rawValue), "status": .optional(result.answer.status),
        ]
    }
}
