internal import ArgumentParser

/// A store as `state migrate` names it.
enum StorePlace: Equatable, Sendable {
    /// Nil for the one that the configuration means.
    case directory(String?)
    case git

    /// Parses `directory`, `directory:PATH` or `git`.
    @Sendable static func parse(_ text: String) throws -> StorePlace {
        if text == "git" { return .git }
        if text == "directory" { return .directory(nil) }
        let path = text.dropFirst("directory:".count)
        guard text.hasPrefix("directory:"), !path.isEmpty else {
            throw ValidationError("a store is named directory, directory:PATH or git")
        }
        return .directory(String(path))
    }
}
