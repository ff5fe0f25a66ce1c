/// What a sequence of commands finds.
enum Start: CaseIterable {
    case nothing, applied, inDoubt
    /// The other environment is recorded too.
    case bothApplied
}
