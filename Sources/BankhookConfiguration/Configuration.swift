package import BankhookModel

/// What a configuration file says, complete and checked: what is desired.
package struct Configuration: Sendable {
    /// Sorted by name.
    package let environments: [Environment]
    package let policy: Policy
    package let stateDirectory: ReferencedPath
}
