package import Git
internal import SystemCalls

/// The commit that a configuration belongs to (specification, section 3, `revision`).
package enum ConfigurationRevision {
    private static let timeLimit = Duration.seconds(10)

    /// The full id of HEAD where the files are, with `+dirty` when one of them is not as it is
    /// there; nil where there is no commit, or git does not tell.
    ///
    /// The files, of one folder, are compared byte by byte, apart from line endings: git's own
    /// comparison would run the filters that a repository asks for.
    package static func find(files: [String], git: Git) async -> String? {
        let paths = files.compactMap { try? UpwardSearch.realPath(of: $0) }
        guard paths.count == files.count, let folder = paths.first.map(folder),
            (try? UpwardSearch.finds(".git", from: folder)) == true
        else { return nil }
        let names = paths.map { $0[($0.lastIndex(of: "/") ?? $0.startIndex)...].dropFirst() }
        let request = ["HEAD"] + names.map { "HEAD:./\($0)" }
        let output = try? await git.run(
            ["cat-file", "--batch-check"], in: folder,
            input: Array(request.map { "\($0)\n" }.joined().utf8), timeLimit: timeLimit)
        let lines = String(decoding: output ?? [], as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: " ") }
        guard let head = lines.first, head.count == 3, head[1] == "commit" else { return nil }
        let isClean =
            lines.count == request.count
            && zip(paths, lines.dropFirst()).allSatisfy { path, line in
                self.folder(of: path) == folder && line.count == 3
                    && CommittedFile.isCommitted(path, as: String(line[0]))
            }
        return "\(head[0])\(isClean ? "" : "+dirty")"
    }

    private static func folder(of path: String) -> String {
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        return folder.isEmpty ? "/" : String(folder)
    }
}
