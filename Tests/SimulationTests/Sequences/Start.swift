/// What a sequence of commands finds.
enum Start: CaseIterable {
    case nothing, applied, inDoubt
}
