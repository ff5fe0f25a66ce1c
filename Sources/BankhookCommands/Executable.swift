internal import ArgumentParser
internal import FoundationEssentials
internal import SystemCalls

/// A command that knows how it ended.
protocol Executable {
    var context: CommandContext { get }
    /// Where failures go: JSON on standard output, or text on standard error.
    var failureFormat: OutputFormat { get }
    func execute(_ context: CommandContext) async throws -> ExitStatus
    /// Tells why `execute` threw.
    func report(_ failure: CommandFailure, in context: CommandContext)
}

extension Executable {
    var failureFormat: OutputFormat { .text }

    func report(_ failure: CommandFailure, in context: CommandContext) {
        FailureRendering.render(failure, as: failureFormat, in: context)
    }
}

extension BankhookCommand {
    /// Parses arguments, runs the command and returns its exit status; it never exits by itself.
    package static func run(_ arguments: [String]) async -> Int32 {
        ProcessSignals.settle()
        guard forbidCoreFiles() else {
            Console().message("error: core files cannot be forbidden, and one could hold a key\n")
            return ExitStatus.error.code
        }
        do {
            var command = try parseAsRoot(arguments)
            guard let executable = command as? any Executable else {
                try command.run()
                return ExitStatus.done.code
            }
            return await run(executable).code
        } catch {
            return report(error, arguments)
        }
    }

    private static func run(_ command: some Executable) async -> ExitStatus {
        let context = command.context
        let status = await status(of: command, in: context)
        await context.console.finish()
        context.console.reportLostOutput()
        return status.and(context.console.status)
    }

    private static func status(of command: some Executable, in context: CommandContext) async
        -> ExitStatus
    {
        do {
            return try await command.execute(context)
        } catch {
            let failure = CommandFailure(error)
            command.report(failure, in: context)
            return failure.status
        }
    }

    /// Help and version go to standard output, mistakes to standard error.
    private static func report(_ error: any Error, _ arguments: [String]) -> Int32 {
        let variables = ProcessInfo.processInfo.environment
        let console = Console(
            isQuiet: false, color: ColorMode.effective(nil, variables: variables),
            isDumb: ColorMode.isDumb(variables))
        let code = exitCode(for: error).rawValue
        if code == 0 {
            console.output(fullMessage(for: error) + "\n")
            console.reportLostOutput()
            return console.status.code
        }
        let message = fullMessage(for: error)
        let rest = message.trimmingPrefix("Error: ")
        // Spelled as everywhere else, so that a search of a log finds it.
        let text = (rest.count < message.count ? "error: " : "") + rest
        console.message(hinting(text, arguments) + "\n")
        return ExitStatus.unusableArguments.code
    }

    /// The parser's message with what was probably meant below its first line.
    private static func hinting(_ message: String, _ arguments: [String]) -> String {
        guard let hint = ArgumentHint(arguments).text else { return message }
        let lines = message.split(
            separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return ([lines[0], "       \(hint)"] + lines.dropFirst()).joined(separator: "\n")
    }
}
