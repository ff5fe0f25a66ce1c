package import BankhookModel
package import Git
internal import SystemCalls

/// The records of a directory store as HEAD has them.
///
/// A plan needs only the files; this tells what a person forgot: a record that is gone here, and one
/// that nobody committed.
package struct CommittedRecords: Sendable {
    /// The ids of their blobs.
    private let blobs: [EnvironmentName: String]
    private let directory: String

    private static let timeLimit = Duration.seconds(10)
    private static let outputLimit = 64 << 20

    /// Nil where there is no commit. The directory itself may be gone.
    package static func read(directory: String, git: Git) async throws(GitError)
        -> CommittedRecords?
    {
        let path = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
        // What was removed may have taken the folders above it along.
        var (folder, name) = split(path)
        while (try? UpwardSearch.realPath(of: folder)) == .some(nil) {
            let (above, last) = split(folder)
            (folder, name) = (above, "\(last)/\(name)")
        }
        guard (try? UpwardSearch.finds(".git", from: folder)) == true else { return nil }
        let output: [UInt8]
        do throws(GitError) {
            output = try await git.run(
                ["--literal-pathspecs", "ls-tree", "-z", "HEAD", "--", "./\(name)/"], in: folder,
                outputLimit: outputLimit, timeLimit: timeLimit)
        } catch {
            guard error.isWithoutCommit else { throw error }
            return nil
        }
        var blobs = [EnvironmentName: String]()
        // MODE blob ID, a tab, and the path.
        for line in String(decoding: output, as: UTF8.self).split(separator: "\0") {
            guard let tab = line.firstIndex(of: "\t"), line.hasSuffix(".json") else { continue }
            let file = line[line.index(after: tab)...].split(separator: "/").last ?? ""
            guard let environment = EnvironmentName(String(file.dropLast(5))) else { continue }
            blobs[environment] = line[..<tab].split(separator: " ").last.map(String.init)
        }
        return CommittedRecords(blobs: blobs, directory: path)
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (
            slash == path.startIndex ? "/" : String(path[..<slash]),
            String(path[path.index(after: slash)...])
        )
    }

    /// Those that HEAD has and that stand in no file here, in the order of their names.
    package var gone: [EnvironmentName] {
        blobs.keys.filter { (try? UpwardSearch.realPath(of: path(of: $0))) == .some(nil) }.sorted()
    }

    /// Which of these records are not in HEAD as they are here.
    package func uncommitted(among names: [EnvironmentName]) -> [EnvironmentName] {
        names.filter { name in
            blobs[name].map { !CommittedFile.isCommitted(path(of: name), as: $0) } ?? true
        }
    }

    /// Where a record stands.
    package func path(of name: EnvironmentName) -> String { "\(directory)/\(name).json" }
}
