/// The folders that the files of secrets must stand in. Paths are compared by their text: credentials
/// are often mounted through links, and a file need not be there yet.
package struct FolderRule: Equatable, Sendable {
    /// The folders as they are shown.
    package let texts: [String]
    private let folders: [NormalizedPath]
    private let workingDirectory: String?

    /// Takes folders as seen from the working directory, and what to show of each.
    ///
    /// Where the working directory is not known, nothing is in a relative folder.
    package init(_ folders: [ReferencedPath], workingDirectory: String?) {
        texts = folders.map(\.written)
        self.folders = folders.compactMap { NormalizedPath($0.path, from: workingDirectory) }
        self.workingDirectory = workingDirectory
    }

    package func allows(_ path: String) -> Bool {
        guard let path = NormalizedPath(path, from: workingDirectory) else { return false }
        return folders.contains(where: path.isWithin)
    }
}
