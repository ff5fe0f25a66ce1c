package import BankhookModel
package import SourceText

/// What the files of a configuration say, complete and checked: what is desired.
package struct Configuration: Sendable {
    /// Sorted by name.
    package let environments: [Environment]
    package let policy: Policy
    /// The directory store's directory; with a git store, where one is by default.
    package let stateDirectory: ReferencedPath
    /// Where the git store keeps the records; nil for a directory store.
    package let stateBranch: StateBranch?
    /// The files that say it, without that of the policy; in the byte order of their names.
    package let files: [SourceFile]
    /// Whether they are those of a directory, however many there are.
    package let isDirectory: Bool
    /// The file of the policy, where it is one of its own.
    package let policyFile: SourceFile?
    /// What must not be shown of the files.
    package let redactions: Redactions
}
