internal import BankhookState

/// What a state file held once that is no record.
struct DamagedVersion {
    /// The id that git gives it.
    let blob: String
    let damage: RecordDamage
    /// The commits that brought it.
    let commits: [Int]
}
