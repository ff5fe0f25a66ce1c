internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import BankhookPlan
internal import JSONSyntax
internal import SourceText

/// What came of waiting for the first delivery at a new URL.
///
/// "Nothing arrived", "could not look" and "the source was changed" are three different texts: the
/// last two claim nothing about deliveries.
struct WatchReport: Sendable {
    /// A registration that was waited for.
    struct Watched: Sendable {
        let change: Change
        let registeredAt: Timestamp
        let end: WatchEnd
        /// Why its end is not what the source tells; nil where it is.
        var doubt: WatchDoubt?
        /// Nil where nobody needs one.
        let wayBack: WayBack?
    }

    /// The words of JSON output.
    enum Status: String, CaseIterable {
        case delivered
        case silent
        case notLooked = "not_looked"
        case baselineLost = "baseline_lost"
        case interrupted
        case nothingToWatch = "nothing_to_watch"
    }

    private let request: WatchRequest
    /// Where deliveries show, safe to print.
    private let source: String
    /// Which options name the same configuration again.
    private let placeOptions: [String]
    /// The environment whose URL was to change; nil where none was.
    private let name: EnvironmentName?
    private let watched: Watched?

    /// `watched` is nil where no change of URL was applied.
    init(_ cutover: Cutover, of name: EnvironmentName?, watched: Watched?) {
        self.name = name
        request = cutover.request
        source = PrintableText(cutover.source.name).description
        placeOptions = cutover.context.placeOptions
        self.watched = watched
    }

    private var outcome: Status {
        switch watched?.end.outcome {
        case nil: .nothingToWatch
        case .delivered: .delivered
        case .silent: .silent
        case .notLooked: .notLooked
        case .lost: .baselineLost
        case .interrupted: .interrupted
        }
    }

    /// What it adds to the apply's own; the signal of an interruption is added elsewhere.
    var status: ExitStatus {
        switch outcome {
        case .delivered, .interrupted, .nothingToWatch: .done
        case .silent, .notLooked, .baselineLost: .incomplete
        }
    }

    // MARK: Text

    /// A line for standard output.
    var text: String {
        guard let watched else { return "" }
        return "Watch: \(watched.change.name): \(summary(watched))\n"
    }

    private func summary(_ watched: Watched) -> String {
        switch watched.end.outcome {
        case .delivered(let delivery):
            let moment = delivery.receivedAt.map { " at \($0)" } ?? ""
            return "first delivery after \(WatchProgress.clock(watched.end.elapsed))\(moment) "
                + "(\(about(delivery, watched)))"
        case .silent: return "no delivery within \(request.within)"
        case .notLooked: return "whether anything arrived within \(request.within) is not known"
        case .lost:
            return "whether anything arrived is not known: "
                + reason(watched)
        case .interrupted:
            return "no delivery was seen until the interruption, after "
                + WatchProgress.clock(watched.end.elapsed)
        }
    }

    private func reason(_ watched: Watched) -> String {
        switch watched.doubt {
        case .replaced: "another run changed the record"
        case .shared(let other): "\(other) has the same URL by now"
        case .unread: "the records could not be read again"
        case nil: "\(source) was changed meanwhile"
        }
    }

    private func about(_ delivery: SeenDelivery, _ watched: Watched) -> String {
        guard let payload = delivery.payload else { return "counted by \(source)" }
        let payloads = payloads(of: watched)
        return "link_id \(payloads.text(payload.linkID)), "
            + "entity_id \(payloads.text(payload.entityID))"
    }

    private func payloads(of watched: Watched) -> ForeignPayloads {
        ForeignPayloads(search: SecretSearch(watched.change.desired?.secrets?.all ?? []))
    }

    /// Why nothing was waited for.
    private var idleness: String {
        name.map { "the new URL of \($0) was not confirmed, and is not watched" }
            ?? "no URL changed: nothing to watch for"
    }

    /// That nothing is watched; said with --quiet too, for silence would look like success.
    var note: String { watched == nil ? "note: \(idleness)\n" : "" }

    /// What standard error says in every format, where something did not come as it was hoped.
    var message: String {
        guard let watched else { return "" }
        guard let problem = problem(watched) else { return "" }
        return "error: \(watched.change.name): \(problem.message)\n"
            + remarks(watched).map { "       \($0)\n" }.joined()
            + (wayBackCommand(watched).map { "         \($0)\n" } ?? "")
    }

    private func remarks(_ watched: Watched) -> [String] {
        var lines = [standing(watched)]
        switch watched.end.outcome {
        case .delivered: return []
        case .interrupted: return lines
        case .silent(let passedOver):
            if passedOver > 0 {
                lines.append(passedOverText(passedOver))
            }
            lines.append(
                "it may also mean that nobody uploaded a statement; to look: \(looks(watched))")
        case .notLooked(let problem), .lost(let problem):
            lines += [PrintableText(problem.hint).description, "to look: \(looks(watched))"]
        }
        if let wayBack = watched.wayBack {
            lines.append(PrintableText(wayBack.message).description)
        }
        return lines
    }

    private func passedOverText(_ count: Int) -> String {
        switch request.place {
        case .file:
            "\(count) new receipt\(count == 1 ? "" : "s") in \(source) did not count: of a probe, "
                + "of recover, or received, by the receiver's clock, no later than the second of the "
                + "registration"
        case .url:
            "the count grew by \(count) while this apply ran: at which URL is not known"
        }
    }

    private func wayBackCommand(_ watched: Watched) -> String? {
        watched.wayBack?.command.map { PrintableText($0).description }
    }

    private func standing(_ watched: Watched) -> String {
        "\(watched.change.after?.webhookURL.text ?? "") "
            + (stands(watched) ? "stands registered since " : "was registered at ")
            + "\(watched.registeredAt)"
    }

    private func stands(_ watched: Watched) -> Bool {
        switch watched.doubt {
        case .shared, nil: true
        case .replaced, .unread: false
        }
    }

    private func looks(_ watched: Watched) -> String {
        let name = watched.change.name.text
        let probe = ShellText.command(["bankhook", "probe"] + placeOptions + [name])
        guard watched.change.after?.flow == .entity else { return probe }
        return ShellText.command(
            ["bankhook", "payloads"] + placeOptions + ["--environment", name, "--link-id", "ID"])
            + " ; " + probe
    }

    /// Why it is no success; nil where it is one.
    private func problem(_ watched: Watched) -> (code: String, message: String)? {
        switch watched.end.outcome {
        case .delivered: nil
        case .silent:
            (
                "watch_silent",
                "nothing arrived at the new URL within \(request.within), says \(source)"
            )
        case .notLooked(let problem):
            (
                "watch_not_looked",
                "could not look whether anything arrived: "
                    + PrintableText(problem.message).description
            )
        case .lost(let problem):
            (
                "watch_baseline_lost",
                "cannot tell whether anything arrived: \(PrintableText(problem.message))"
            )
        case .interrupted:
            ("interrupted", "interrupted while waiting; no delivery was seen yet")
        }
    }

    // MARK: JSON

    var json: JSONValue {
        let seconds = watched.map { Int($0.end.elapsed / .seconds(1)) }
        return [
            "delivery": delivery,
            "environment": .optional(name?.text),
            "error": watched.flatMap(problem).map { problem in
                ["code": .string(problem.code), "message": .string(problem.message)]
            } ?? .null,
            "passed_over": .optional(passedOver),
            "registered_at": .optional(watched?.registeredAt.description),
            "seconds": .optional(seconds), "source": .string(source),
            "status": .string(outcome.rawValue),
            "way_back": watched?.wayBack.map { wayBack in
                [
                    "command": .optional(wayBack.command),
                    "message": .string(PrintableText(wayBack.message).description),
                ]
            } ?? .null,
            "within_seconds": .integer(request.within.seconds),
        ]
    }

    private var passedOver: Int? {
        if case .silent(let count)? = watched?.end.outcome { count } else { nil }
    }

    private var delivery: JSONValue {
        guard let watched, case .delivered(let delivery) = watched.end.outcome else { return .null }
        let payloads = payloads(of: watched)
        return [
            "entity_id": payloads.json(.optional(delivery.payload?.entityID)),
            "link_id": payloads.json(.optional(delivery.payload?.linkID)),
            "received_at": .optional(delivery.receivedAt?.description),
        ]
    }

    // MARK: Markdown

    /// The entry of a comment.
    var markdown: String {
        guard let watched else { return Markdown.prose(idleness) }
        let name = "**\(watched.change.name)** "
        guard problem(watched) != nil else { return name + Markdown.prose(summary(watched)) }
        let lines =
            [Markdown.prose(summary(watched))] + remarks(watched).map(Markdown.prose)
            + (wayBackCommand(watched).map { [Markdown.code($0)] } ?? [])
        return name + lines.joined(separator: "\n  - ")
    }
}
