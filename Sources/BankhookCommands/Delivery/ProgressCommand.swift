package import ArgumentParser
internal import BankConnectAPI
internal import BankhookDelivery
internal import BankhookModel

/// `bankhook progress`: how far are an entity's statements?
package struct ProgressCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "progress",
        abstract: "Look how far an entity's statements are, once or until they have ended.",
        discussion: """
            It works without a link, so also for manual uploads that no list of payloads holds. Exit \
            status: 0 when all statements are completed, 3 when any failed, 4 when none failed and \
            something still goes on or nothing is listed, with --wait only after the time-out; 1 when \
            BankConnect gave no answer that can be read, such as refused keys (what may pass, a 503 or \
            no connection, --wait waits out: 4 after the time-out).

            Example: bankhook progress --environment uat --entity-id 1f0c-77 --wait --timeout 5m
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption
    @OptionGroup var environment: EnvironmentOption

    @Option(help: ArgumentHelp("The entity's id.", valueName: "id"), transform: Self.parseID)
    var entityId: BankConnectID

    @Flag(help: "Look again until every statement has ended.")
    var wait = false

    @Option(
        help: ArgumentHelp(
            "With --wait: how long between two looks (default: 2s).", valueName: "time"),
        transform: { try ProgressCommand.parse($0, "--interval") })
    var interval: TimeSpan?

    @Option(
        help: ArgumentHelp("With --wait: how long at most (default: 10m).", valueName: "time"),
        transform: { try ProgressCommand.parse($0, "--timeout") })
    var timeout: TimeSpan?

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    package mutating func validate() throws {
        guard wait || interval == nil && timeout == nil else {
            throw ValidationError(
                "--interval and --timeout need --wait: without it there is one look")
        }
    }

    @Sendable private static func parseID(_ text: String) throws -> BankConnectID {
        guard let id = BankConnectID(text) else {
            throw ValidationError("--entity-id \(quoted(text)) is no entity's id")
        }
        return id
    }

    private static func parse(_ text: String, _ option: String) throws -> TimeSpan {
        guard let time = TimeSpan(text) else {
            throw ValidationError("\(option) takes a time such as 2s, 10m or 1h")
        }
        return time
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let environment = try environment.entityEnvironment(
            in: try context.configuration(), for: "progress")
        let access = try ReadAccess(environment, parallelism: 1, in: context)
        let report = ProgressReport(
            formatOption.format, access: access, entity: entityId, in: context)
        let found = try await access.withCaller { caller -> ProgressReport.Found in
            let watch = access.progressWatch(of: entityId, caller, in: context)
            do throws(ReadFailure) {
                guard wait else { return .init(progress: try await watch.look(), failure: nil) }
                let wait = try await watch.wait(
                    every: (interval ?? TimeSpan(seconds: 2)).duration,
                    timeout: (timeout ?? TimeSpan(seconds: 600)).duration
                ) { report.look($0) }
                return .init(progress: wait.progress, failure: wait.failure)
            } catch {
                throw report.failure(error)
            }
        }
        return report.end(found, isWait: wait)
    }
}
