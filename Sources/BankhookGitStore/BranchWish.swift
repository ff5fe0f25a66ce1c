internal import BankhookModel

/// Something that a run wants to be on the branch.
enum BranchWish: Sendable {
    /// Only that the lease is renewed.
    case renewal
    /// The outcome of an intent of this run.
    case outcome(EnvironmentName, [UInt8])
    /// What stood there before an intent of this run; nil for nothing.
    case restoration(EnvironmentName, [UInt8]?)
    /// A record under another name, and none under the old one: both or neither.
    case relocation(from: Replaced, to: Replaced)
    /// Another record, or none, in place of the one that was read.
    case replacement(EnvironmentName, [UInt8]?, expected: [UInt8]?)

    /// One file of a relocation: what is to stand there, and what was read.
    struct Replaced {
        let name: EnvironmentName
        let bytes: [UInt8]?
        let expected: [UInt8]?
    }
}
