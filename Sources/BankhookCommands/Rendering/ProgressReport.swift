internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import JSONSyntax
internal import SourceText
internal import Synchronization

/// How far an entity is, while somebody waits and at the end.
final class ProgressReport: Sendable {
    /// What is known at the end.
    struct Found: Sendable {
        /// Nil where no look succeeded.
        let progress: EntityProgress?
        /// Why the last look did not.
        let failure: ReadFailure?
    }

    private let format: OutputFormat
    private let access: ReadAccess
    private let entity: BankConnectID
    private let search: SecretSearch
    private let payloads: ForeignPayloads
    private let console: Console
    private let lastLine = Mutex("")

    init(
        _ format: OutputFormat, access: ReadAccess, entity: BankConnectID,
        in context: CommandContext
    ) {
        self.format = format
        self.access = access
        self.entity = entity
        console = context.console
        search = SecretSearch(access.secrets)
        payloads = ForeignPayloads(search: search)
    }

    /// One look of several: told where it changed something.
    func look(_ progress: EntityProgress) {
        guard !progress.isSettled else { return }
        let ended = progress.statements.count { $0.status != .processing }
        let line =
            progress.statements.isEmpty
            ? "nothing is listed yet"
            : "\(ended)/\(progress.statements.count) statements have ended"
        let isNew = lastLine.withLock { last in
            defer { last = line }
            return last != line
        }
        if console.showsLiveLine {
            console.showLiveLine(line)
        } else if isNew {
            console.progress("\(line)\n")
        }
    }

    /// BankConnect's answer is not known, and nothing will change that.
    func failure(_ failure: ReadFailure) -> CommandFailure {
        let text = ReadFailureText(failure, access: access, search: search)
        return .problem(text.code, "entity \(shownEntity): \(text.message)")
    }

    private var shownEntity: String { "'\(payloads.text(entity.text))'" }

    /// Writes what is known, and says how the run ends.
    func end(_ found: Found, isWait: Bool) -> ExitStatus {
        console.eraseLiveLine()
        let state = found.progress?.state ?? .nothingListed
        switch format {
        case .text: console.output(text(found.progress))
        case .json: console.output(JSONOutput.text(document(found.progress, state)))
        }
        if let failure = found.failure {
            let text = ReadFailureText(failure, access: access, search: search)
            console.message("error: the last look failed: \(text.message)\n")
        }
        switch state {
        case .completed where found.failure == nil: return .done
        case .failed: return .incomplete
        case .completed, .processing, .nothingListed:
            console.message(
                isWait
                    ? "timed out: not every statement is known to have ended\n"
                    : ProgressReport.unended(found.progress?.statements ?? []))
            return .locked
        }
    }

    /// Why one look does not end with 0, and what would wait for it.
    private static func unended(_ statements: [StatementProgress]) -> String {
        guard !statements.isEmpty else {
            return "nothing is listed yet; --wait waits until something is and has ended\n"
        }
        let count = statements.count { $0.status == .processing }
        let noun = statements.count == 1 ? "statement" : "statements"
        return
            "\(count) of \(statements.count) \(noun) still \(count == 1 ? "processes" : "process"); "
            + "--wait waits for \(count == 1 ? "it" : "them")\n"
    }

    private func text(_ progress: EntityProgress?) -> String {
        guard let statements = progress?.statements, !statements.isEmpty else {
            return "no statement of entity \(shownEntity) is listed\n"
        }
        return statements.map { statement in
            let word = ProgressReport.word(statement.status)
            let shown = console.palette.paint(word, ProgressReport.tone(statement.status))
            let message = statement.message.flatMap { $0.isEmpty ? nil : payloads.text($0) }
            return [
                shown, payloads.text(statement.statementID), payloads.text(statement.source),
                message,
            ].compactMap(\.self).joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func word(_ status: StatementProgress.Status) -> String {
        switch status {
        case .completed: "completed"
        case .failed: "failed"
        case .processing: "processing"
        }
    }

    private static func tone(_ status: StatementProgress.Status) -> Palette.Tone? {
        switch status {
        case .completed: .good
        case .failed: .error
        case .processing: nil
        }
    }

    private func document(_ progress: EntityProgress?, _ state: EntityProgress.State) -> JSONValue {
        let word: JSONValue =
            switch state {
            case .completed: "completed"
            case .failed: "failed"
            case .processing: "processing"
            case .nothingListed: "nothing_listed"
            }
        return [
            "entity_id": payloads.json(.string(entity.text)), "format_version": .integer(1),
            "progress": .array((progress?.statements ?? []).map { payloads.json($0.json) }),
            "state": word,
        ]
    }
}
