internal import BankhookState
package import SystemCalls

/// The files of a folder on a branch, as a commit has them.
package struct BranchFiles: RecordFiles {
    /// One entry of the folder.
    package struct File: Equatable, Sendable {
        /// git's id of it; nil for one that only this process knows.
        package let id: String?
        package let content: FileContent

        package init(id: String?, content: FileContent) {
            self.id = id
            self.content = content
        }
    }

    package private(set) var files: [String: File]

    package init(_ files: [String: File] = [:]) {
        self.files = files
    }

    package func names() throws(SystemCallError) -> [String] { Array(files.keys) }

    package func read(_ name: String, limit: Int) throws(SystemCallError) -> FileContent {
        guard let file = files[name] else { return .absent }
        if case .file(let bytes) = file.content, bytes.count > limit { return .tooLarge }
        return file.content
    }

    /// A plain file's bytes; nil where there is none.
    package func bytes(of name: String) -> [UInt8]? {
        if case .file(let bytes)? = files[name]?.content { bytes } else { nil }
    }

    /// The same with changes carried out.
    package func applying(_ changes: [BranchChange]) -> BranchFiles {
        var next = self
        for change in changes {
            next.files[change.file] = change.bytes.map { File(id: nil, content: .file($0)) }
        }
        return next
    }
}
