package import ArgumentParser
internal import BankhookDelivery
internal import LocalServer
internal import BankhookModel

/// `bankhook listen`: a valid endpoint on this machine.
package struct ListenCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Be a valid webhook endpoint on this machine.",
        discussion: """
            On any path it checks each POSTed payload against the documented shape, prints its ids, \
            progress and reason, names each wrong field, and answers 200. It ends with Ctrl-C, once \
            what is under way is answered. Lines that nobody reads in time are counted, not printed: no \
            answer waits for them.

            With --forward-to it passes the payload on and answers what the target answered: 502 \
            where there was no answer, 504 where it took too long. A receipt is on the disk before \
            the 200 that it stands for; without a 200 there is none.

            Examples: bankhook listen --receipts receipts.ndjson
                      bankhook listen --forward-to http://127.0.0.1:3000/bankconnect
            """)

    @OptionGroup var options: ConsoleOptions
    @OptionGroup var listen: ListenOptions

    package init() {}

    var context: CommandContext { CommandContext(console: options, isServer: true) }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let console = context.console
        if !EmulatorAccounts.isLoopback(listen.host) {
            console.message("warning: --host \(listen.host) is reachable from other machines\n")
        }
        let target = try listen.forwardTo.map {
            try EndpointCalls.url($0, of: "--forward-to", plainHTTP: .toAnyHost)
        }
        let receipts = try listen.receipts.map { try openReceipts($0, console) }
        let palette = console.palette
        try await EndpointCalls(variables: context.variables).withClient(
            calling: target.map { [$0] } ?? [], connections: ListenOptions.mostForwards
        ) { client in
            let configuration = ListenConfiguration(
                host: listen.host, port: listen.port, status: listen.status ?? 200,
                delay: listen.delay.duration,
                forward: target.map {
                    .init(url: $0, client: client, timeout: listen.forwardTimeout.span)
                }, receipts: receipts)
            let listener = Listener(
                configuration: configuration, now: context.now, logger: context.log
            ) { delivery in
                console.output(DeliveryRendering(delivery).text(palette))
            }
            do {
                try await Signals.untilSignal {
                    try await listener.run { baseURL in
                        try ReadyFile.write(baseURL, to: listen.readyFile)
                        console.progress("\(baseURL) is ready; Ctrl-C ends it\n")
                    }
                }
            } catch let error as ListenError {
                throw CommandFailure.problem("cannot_listen", "\(error)")
            }
        }
        return .done
    }

    private func openReceipts(_ path: String, _ console: Console) throws(CommandFailure)
        -> ReceiptsFile
    {
        do throws(ReceiptsError) {
            let receipts = try ReceiptsFile(path: path)
            if receipts.droppedBytes > 0 {
                console.message(
                    "warning: the last line of \(quoted(path)) was cut short and is dropped "
                        + "(\(receipts.droppedBytes) bytes)\n")
            }
            return receipts
        } catch {
            throw CommandFailure(error, about: path)
        }
    }
}
