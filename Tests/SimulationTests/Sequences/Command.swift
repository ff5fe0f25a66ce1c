/// The commands that write records.
enum Command: String, CaseIterable {
    case apply
    case importing = "import"
    case move, forget
}
