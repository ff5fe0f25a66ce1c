/// Where the emulator listens, and whom it knows.
package struct EmulatorConfiguration: Sendable {
    /// Which pairs of `x-api-key` and `server-hash` are accounts.
    package enum Accounts: Sendable {
        /// These, and nobody else.
        case listed([EmulatorAccount])
        /// Every pair, each an account of its own.
        case any
    }

    /// The address or name to listen on.
    package var host: String
    /// The port to listen on; 0 picks a free one.
    package var port: Int
    /// Whom the emulator knows.
    package var accounts: Accounts
    /// How long answers that are on their way may take once the emulator is told to end.
    package var grace: Duration

    /// The defaults are those of `bankhook emulate`.
    package init(
        host: String = "127.0.0.1", port: Int = 8585, accounts: Accounts = .listed([.demo]),
        grace: Duration = .seconds(2)
    ) {
        self.host = host
        self.port = port
        self.accounts = accounts
        self.grace = grace
    }
}
