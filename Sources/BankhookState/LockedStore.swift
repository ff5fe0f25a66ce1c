package import BankhookModel

/// A store that this run may write to.
package protocol LockedStore: RecordStore {
    /// Who writes: this process.
    var holder: LockHolder { get }
    /// The kind of file system, where it is one whose locks may not hold on other machines.
    var networkFileSystem: String? { get }
    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    func records() throws(StateErrors) -> [DecodedRecord]
    /// Throws where another run holds one of the environments, or one of their accounts under another
    /// name.
    func requireFree(_ names: [EnvironmentName], of accounts: [EnvironmentName: Account])
        throws(StateError)
}

extension LockedStore {
    package var networkFileSystem: String? { nil }
    package func requireFree(
        _ names: [EnvironmentName], of accounts: [EnvironmentName: Account]
    ) throws(StateError) {}

    /// Throws where another run holds one of the environments.
    package func requireFree(_ names: [EnvironmentName]) throws(StateError) {
        try requireFree(names, of: [:])
    }
}
