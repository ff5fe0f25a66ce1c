import BankConnectEmulator
import FoundationEssentials
import Logging

/// Runs an emulator on a free port for as long as the body takes.
func withEmulator(
    accounts: EmulatorConfiguration.Accounts = .listed([.demo]),
    host: String = "127.0.0.1",
    deliversAnywhere: Bool = false, deliveryTimeout: Duration = .seconds(30),
    onRequest: (@Sendable (RequestRecord) -> Void)? = nil,
    _ body: @escaping @Sendable (EmulatorClient) async throws -> Void
) async throws {
    struct Finished: Error {}
    let configuration = EmulatorConfiguration(
        host: host, port: 0, accounts: accounts, deliversAnywhere: deliversAnywhere,
        deliveryTimeout: deliveryTimeout)
    let emulator = Emulator(
        configuration: configuration, now: { Date(timeIntervalSince1970: 1_800_000_000) },
        logger: quietLogger, onRequest: onRequest)
    do {
        try await emulator.run { baseURL in
            try await body(EmulatorClient(baseURL: baseURL))
            throw Finished()
        }
    } catch is Finished {}
}

/// A logger that says nothing.
var quietLogger: Logger {
    Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}
