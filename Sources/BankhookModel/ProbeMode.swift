/// Whether an endpoint is tried before it is registered (specification, section 8).
package enum ProbeMode: String, Sendable, CaseIterable {
    case off
    /// A probe that fails is said and stops nothing.
    case warn
    /// A probe that fails keeps the registration from being sent.
    case require
}
