package import ArgumentParser
internal import BankConnectAPI
internal import BankConnectEmulator
internal import SourceText

/// `bankhook trigger`: lets an extraction end at an emulator.
package struct TriggerCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "trigger",
        abstract: "Let an extraction end at an emulator, so that its webhook is delivered.",
        discussion: """
            Exit 0 says that the extraction ended, whether a webhook was due or not; what became \
            of the webhook is printed.

            Example: bankhook trigger completed --mode manual --link-id loan-42
            """)

    @OptionGroup var options: ConsoleOptions

    @OptionGroup var formatOption: FormatOption

    @Argument(help: "completed or failed.", transform: TriggerRequest.progress)
    var progress: TriggerRequest.Progress

    @Option(
        help: ArgumentHelp(
            "How the statement came: net-banking or manual.", valueName: "mode"),
        transform: TriggerRequest.mode)
    var mode: TriggerRequest.Mode

    @Option(help: ArgumentHelp("Where the emulator is.", valueName: "url"))
    var emulator = "http://127.0.0.1:8585"

    @Option(
        help: ArgumentHelp(
            "The account, by the emulator's name for it (default: the only registered one).",
            valueName: "name"))
    var account: String?

    @Option(help: ArgumentHelp("The entity (default: a new one).", valueName: "id"))
    var entityId: String?

    @Option(
        help: ArgumentHelp(
            "The link (default: none for a manual upload, else a new one).", valueName: "id"))
    var linkId: String?

    @Option(
        help: ArgumentHelp(
            "Why it failed (default: a reason of the emulator's own).", valueName: "text"))
    var reason: String?

    package init() {}

    package mutating func validate() throws {
        guard EmulatorRemote(baseURL: emulator) != nil else {
            throw ValidationError("--emulator takes an http or https URL without a path")
        }
        guard reason == nil || progress == .failed else {
            throw ValidationError("--reason goes with failed only")
        }
        let ids = [("account", account), ("entity-id", entityId), ("link-id", linkId)]
        for (name, value) in ids where value == "" {
            throw ValidationError("--\(name) is empty; leave it out")
        }
    }

    var context: CommandContext { CommandContext(console: options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        if let roots = context.trustRootsVariable, emulator.hasPrefix("https") {
            do throws(TrustRoots.Problem) {
                try TrustRoots.check(roots, namedBy: "SSL_CERT_FILE")
            } catch {
                throw CommandFailure.problem("no_trust_roots", "\(error)")
            }
        }
        guard let remote = EmulatorRemote(baseURL: emulator, trustRoots: context.trustRootsVariable)
        else {
            return .unusableArguments
        }
        do throws(TriggerError) {
            let result = try await remote.trigger(
                TriggerRequest(
                    progress: progress, mode: mode, account: account, entityID: entityId,
                    linkID: linkId, reason: reason))
            context.console.output(
                TriggerRendering(result: result, progress: progress, mode: mode)
                    .text(as: formatOption.format))
            return .done
        } catch {
            throw CommandFailure.problem(error.code, "\(error)", hint: error.hint)
        }
    }
}
