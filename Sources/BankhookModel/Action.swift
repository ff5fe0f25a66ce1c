/// What has to be done for one environment.
package enum Action: String, Sendable, CaseIterable {
    /// Nothing is recorded: send it for the first time.
    case register
    /// A field, the account or a secret differs from the record.
    case update
    /// The record agrees, and it is sent again all the same.
    case reassert
    /// The record agrees.
    case unchanged
    /// Recorded, and no longer declared.
    case orphaned

    /// Whether carrying it out sends a request.
    package var sends: Bool {
        switch self {
        case .register, .update, .reassert: true
        case .unchanged, .orphaned: false
        }
    }
}
