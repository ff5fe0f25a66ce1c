/// A path that the configuration names: as written, and as seen from the working directory.
package struct ReferencedPath: Hashable, Sendable {
    package let written: String
    package let path: String

    package init(written: String, path: String) {
        self.written = written
        self.path = path
    }
}
