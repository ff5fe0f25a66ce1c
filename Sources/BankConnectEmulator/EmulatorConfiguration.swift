/// Where the emulator listens, and whom it knows.
package struct EmulatorConfiguration: Sendable {
    /// Which pairs of `x-api-key` and `server-hash` are accounts.
    package enum Accounts: Sendable {
        /// These, and nobody else.
        case listed([EmulatorAccount])
        /// Every pair, each an account of its own.
        case any

        /// Those that are known from the start; nil where any may come.
        var known: Set<EmulatorAccount>? {
            switch self {
            case .listed(let accounts): Set(accounts)
            case .any: nil
            }
        }
    }

    /// The address or name to listen on.
    package var host: String
    /// The port to listen on; 0 picks a free one.
    package var port: Int
    /// Whom the emulator knows.
    package var accounts: Accounts
    /// How long answers that are on their way may take once the emulator is told to end.
    package var grace: Duration
    /// Whether webhooks are delivered to other machines too.
    package var deliversAnywhere: Bool
    /// How long a delivery may take, from connecting to the end of the answer.
    package var deliveryTimeout: Duration
    /// A PEM file of trust roots for deliveries over https, in place of the system's.
    package var trustRoots: String?
    /// What it shows over https; nil for http.
    package var identity: EmulatorIdentity?
    /// The faults that are ordered from the start.
    package var faults: FaultOrders

    /// The defaults are those of `bankhook emulate`.
    package init(
        host: String = "127.0.0.1", port: Int = 8585, accounts: Accounts = .listed([.demo]),
        grace: Duration = .seconds(2), deliversAnywhere: Bool = false,
        deliveryTimeout: Duration = .seconds(30), trustRoots: String? = nil,
        identity: EmulatorIdentity? = nil, faults: FaultOrders = FaultOrders()
    ) {
        self.host = host
        self.port = port
        self.accounts = accounts
        self.grace = grace
        self.deliversAnywhere = deliversAnywhere
        self.deliveryTimeout = deliveryTimeout
        self.trustRoots = trustRoots
        self.identity = identity
        self.faults = faults
    }
}
