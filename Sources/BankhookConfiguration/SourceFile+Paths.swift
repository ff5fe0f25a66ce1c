internal import BankhookModel
internal import SourceText

extension SourceFile {
    /// A path that this file names, seen from the working directory: relative to this file.
    func path(relative written: String) -> ReferencedPath {
        guard !written.hasPrefix("/"), let slash = path.lastIndex(of: "/") else {
            return ReferencedPath(written: written, path: written)
        }
        return ReferencedPath(written: written, path: path[...slash] + written)
    }
}
