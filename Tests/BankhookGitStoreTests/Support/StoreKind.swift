import BankhookState

/// The stores that keep one contract.
enum StoreKind: CaseIterable, Sendable {
    case directory
    /// The git store over a remote in memory.
    case memory
    /// The git store over git, with a remote in a directory.
    case git

    /// Gives a body an empty store of this kind.
    func with(_ body: (any StorePlace) async throws -> Void) async throws {
        switch self {
        case .directory: try await DirectoryPlace.with(body)
        case .memory: try await body(MemoryPlace(Scene()))
        case .git: try await GitPlace.with(body)
        }
    }
}
