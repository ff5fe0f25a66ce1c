/// What `doctor` looks at, in the order in which it tells of it.
enum DoctorCheck: String, CaseIterable, Sendable {
    case configuration, policy, credentials, state, lock, history, clock, proxy
    case trustRoots = "trust_roots"
    case api, endpoint
    case openFiles = "open_files"

    /// As a person reads it.
    var shown: String { rawValue.replacing("_", with: " ") }
}
