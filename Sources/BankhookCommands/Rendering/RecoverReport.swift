internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import JSONSyntax
internal import SourceText
internal import Synchronization

/// What a recovery did or would do: a line for each payload as it ends, or one document at the end.
final class RecoverReport: Sendable {
    private struct State {
        var counts = [Recovery.Outcome.Word: Int]()
        /// How many of those that were meant the endpoint has.
        var received = 0
        var linksDone = 0
        /// Those for which BankConnect lists nothing, as it does for an id that it does not know.
        var unlisted = Set<BankConnectID>()
        var entries = [BankConnectID: [JSONValue]]()
        /// The lines of a dry run, which are printed at its end: links are read side by side, and two
        /// runs that would send the same shall say the same.
        var lines = [BankConnectID: String]()
    }

    private let format: OutputFormat
    private let console: Console
    private let access: ReadAccess
    private let search: SecretSearch
    private let payloads: ForeignPayloads
    private let problems: LinkProblems
    private let links: [BankConnectID]
    private let isDryRun: Bool
    private let state = Mutex(State())

    init(
        _ format: OutputFormat, access: ReadAccess, links: [BankConnectID], isDryRun: Bool,
        in context: CommandContext
    ) {
        self.format = format
        self.access = access
        self.links = links
        self.isDryRun = isDryRun
        console = context.console
        search = SecretSearch(access.secrets)
        payloads = ForeignPayloads(search: search)
        problems = LinkProblems(access, search: search, console: context.console)
        guard isDryRun, format == .text, let endpoint = access.endpoint else { return }
        console.output(
            """
            would POST to \(PrintableText(endpoint.shown))
              content-type: application/json
              x-bankhook-recovered: 1

            """)
    }

    /// One payload or one link has ended; a receipt is durable by now.
    func add(_ event: RecoverRun.Event) {
        switch event {
        case .recovery(let recovery): add(recovery)
        case .unknown(let link, let failure): problems.add(failure, of: link)
        case .done(let link, let listed, let received):
            state.withLock { state in
                if listed == 0 { state.unlisted.insert(link) }
                state.received += received
                state.linksDone += 1
            }
        }
        let (done, counts) = state.withLock { ($0.linksDone, $0.counts) }
        console.showLiveLine(
            "\(done)/\(links.count) links, \(counts[.delivered, default: 0]) delivered")
    }

    private func add(_ recovery: Recovery) {
        let problem = RecoveryProblem(recovery.outcome, access: access, search: search)
        let word = recovery.outcome.word
        state.withLock { state in
            state.counts[word, default: 0] += 1
            if format == .json {
                state.entries[recovery.link, default: []].append(json(recovery, problem))
            }
        }
        guard format == .text else { return }
        let shown = console.palette.paint(word.shown, word.tone)
        let line = "\(shown)  \(description(recovery))\(tail(recovery, problem))\n"
        guard !isDryRun else {
            state.withLock { $0.lines[recovery.link, default: ""] += line }
            return
        }
        console.output(line)
    }

    private func description(_ recovery: Recovery) -> String {
        let payload = recovery.entry.payload
        return [
            recovery.entry.dateTime, recovery.link.text, payload.entityID,
            payload.statementID, payload.progress,
        ].map(payloads.text).joined(separator: "  ")
    }

    private func tail(_ recovery: Recovery, _ problem: RecoveryProblem?) -> String {
        if let problem {
            let tries = recovery.attempts > 1 ? " (\(recovery.attempts) attempts)" : ""
            return "  \(problem.message)\(tries)"
        }
        guard isDryRun else { return "" }
        let body = String(decoding: recovery.entry.payload.body, as: UTF8.self)
        return "\n  \(ForeignText(body, search: search, limit: .max).shown)"
    }

    private func json(_ recovery: Recovery, _ problem: RecoveryProblem?) -> JSONValue {
        [
            "attempts": .integer(recovery.attempts),
            "error": problem.map {
                ["code": .string($0.code), "message": .string($0.message)]
            } ?? .null,
            "link_id": payloads.json(.string(recovery.link.text)),
            "outcome": .string(recovery.outcome.word.rawValue),
            "payload": payloads.json(recovery.entry),
            "status": .optional(recovery.status),
        ]
    }

    /// Writes what is left to write, and says how the run ends.
    func end() -> ExitStatus {
        console.eraseLiveLine()
        let state = state.withLock { $0 }
        switch format {
        case .text:
            console.output(links.compactMap { state.lines[$0] }.joined() + summary(state))
        case .json: console.output(JSONOutput.text(document(state)))
        }
        let isComplete = problems.end()
        tellUnlisted(state.unlisted)
        let bad: [Recovery.Outcome.Word] = [.failed, .skipped, .deliveredButNotRecorded]
        let isDone = bad.allSatisfy { state.counts[$0, default: 0] == 0 }
        return isComplete && isDone ? .done : .incomplete
    }

    /// How many links without a payload are named one by one.
    private static let shownLinks = 10

    /// A mistyped id would look like a link of which nothing was lost.
    private func tellUnlisted(_ unlisted: Set<BankConnectID>) {
        guard !unlisted.isEmpty else { return }
        for link in links.lazy.filter(unlisted.contains).prefix(Self.shownLinks) {
            console.message(
                "warning: link '\(payloads.text(link.text))': no payload is listed; look whether that "
                    + "is its id\n")
        }
        let others = unlisted.count - Self.shownLinks
        guard others > 0 else { return }
        console.message(
            "warning: no payload is listed for \(others) more \(others == 1 ? "link" : "links")\n")
    }

    private func summary(_ state: State) -> String {
        let counts = Recovery.Outcome.Word.allCases.compactMap { word -> String? in
            let count = state.counts[word, default: 0]
            let isAlwaysShown = word == (isDryRun ? .wouldSend : .delivered)
            return count > 0 || isAlwaysShown ? "\(count) \(word.shown)" : nil
        }
        return "\(counts.joined(separator: ", ")), \(state.received) received before\n"
    }

    private func document(_ state: State) -> JSONValue {
        [
            "deliveries": .array(links.flatMap { state.entries[$0] ?? [] }),
            "dry_run": .bool(isDryRun), "errors": problems.json, "format_version": .integer(1),
            "received_before": .integer(state.received),
            "summary": .object(
                Recovery.Outcome.Word.allCases.map { word in
                    .init(
                        key: word.rawValue, value: .integer(state.counts[word, default: 0]))
                }),
            "url": .optional(access.endpoint?.shown),
        ]
    }
}
