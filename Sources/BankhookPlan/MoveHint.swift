package import BankhookModel

/// Which orphan's record may be that of a declared name without one.
package enum MoveHint: Equatable, Sendable {
    /// It has the same registration, and the same account as far as that was compared.
    case orphan(EnvironmentName, isAccountCompared: Bool)
    /// So many orphans have the same registration, and accounts could not be compared.
    case oneOf(Int)
}
