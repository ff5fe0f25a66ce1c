package import ArgumentParser
internal import LocalServer
internal import BankConnectEmulator

/// `bankhook emulate`: BankConnect on this machine.
package struct EmulateCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "Run an emulator of the BankConnect API on this machine.",
        discussion: """
            Both update calls with the silent reset of the mode, lists of payloads, progress of \
            transactions, and real webhooks for what `bankhook trigger` lets happen. Under \
            /_emulator/ it shows what it knows, as a page for a browser too. It ends with Ctrl-C.

            Example: bankhook emulate --tls --fault \
            path=/bank-connect/v1/entity/update_webhook/,reset=after
            """)

    @OptionGroup var options: ConsoleOptions

    @Option(help: ArgumentHelp("The port; 0 picks a free one.", valueName: "port"))
    var port = 8585

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "host"))
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp("Write the base URL here once it listens.", valueName: "file"))
    var readyFile: String?

    @Option(
        name: .customLong("account"),
        help: ArgumentHelp(
            "An account, KEY:HASH; repeatable (default: demo-api-key:demo-server-hash).",
            valueName: "key:hash"))
    var accounts: [String] = []

    @Option(help: ArgumentHelp("A file with an account a line.", valueName: "file"))
    var accountsFile: String?

    @OptionGroup var tlsOptions: EmulatorTLSOptions

    @OptionGroup var faultOptions: EmulatorFaultOptions

    @Flag(help: "Take every pair of headers as an account of its own.")
    var anyAccount = false

    @Flag(
        help:
            "Deliver webhooks to other machines too, not to the loopback alone; never through a proxy."
    )
    var deliverAnywhere = false

    package init() {}

    package mutating func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535")
        }
        guard !anyAccount || accounts.isEmpty && accountsFile == nil else {
            throw ValidationError("--any-account excludes --account and --accounts-file")
        }
    }

    var context: CommandContext { CommandContext(console: options, isServer: true) }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let console = context.console
        let accounts = try EmulatorAccounts(options: accounts, file: accountsFile, any: anyAccount)
        if !EmulatorAccounts.isLoopback(host) {
            console.message("warning: --host \(host) is reachable from other machines\n")
        }
        let faults = try faultOptions.orders()
        try await tlsOptions.withIdentity(host: host) { identity, authorityFile in
            let configuration = EmulatorConfiguration(
                host: host, port: port, accounts: accounts.configuration,
                deliversAnywhere: deliverAnywhere, trustRoots: context.trustRootsVariable,
                identity: identity, faults: faults)
            try await serve(configuration, context) { baseURL in
                try ReadyFile.write(baseURL, to: readyFile)
                console.progress("\(baseURL) is ready; \(accounts.summary); Ctrl-C ends it\n")
                guard let authorityFile else { return }
                console.progress(
                    "clients have to trust \(authorityFile) (ca_file, SSL_CERT_FILE)\n")
                console.output("\(authorityFile)\n")
            }
        }
        return .done
    }

    /// Serves until a signal comes.
    private func serve(
        _ configuration: EmulatorConfiguration, _ context: CommandContext,
        onListening: @Sendable @escaping (String) async throws -> Void
    ) async throws {
        let console = context.console
        let emulator = Emulator(
            configuration: configuration, logger: context.log,
            onRequest: { request in console.progress(EmulatorLog.line(request)) },
            onDelivery: { delivery in console.progress(EmulatorLog.line(delivery)) })
        do {
            try await Signals.untilSignal { try await emulator.run(onListening: onListening) }
        } catch let error as ListenError {
            throw CommandFailure.problem("cannot_listen", "\(error)")
        }
    }
}
