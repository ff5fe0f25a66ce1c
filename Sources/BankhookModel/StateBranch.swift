/// Where the git store keeps its records: a folder on a branch of a remote (specification, section
/// 6).
package struct StateBranch: Hashable, Sendable {
    /// A remote's name, or a URL without a password.
    package let remote: String
    /// The branch's short name.
    package let branch: String
    /// The folder of the records on the branch; empty for its root.
    package let path: String
    /// How long a pending intent locks its environment, unless it is renewed.
    package let lease: TimeSpan
    /// The directory in which git runs: the configuration's.
    package let folder: String

    package init(remote: String, branch: String, path: String, lease: TimeSpan, folder: String) {
        self.remote = remote
        self.branch = branch
        self.path = path
        self.lease = lease
        self.folder = folder
    }

    package static let defaultLease = TimeSpan(seconds: 600)
    /// What a lease may be, in seconds.
    package static let leases = 30...3_600

    /// The remote as it may be shown: what stands behind a URL's path may be what it is signed in with.
    package var shownRemote: String {
        let isURL = remote.contains("://")
        guard let mark = remote.firstIndex(where: { $0 == "?" || isURL && $0 == "#" }) else {
            return remote
        }
        return "\(remote[...mark])<redacted>"
    }

    /// The branch's full name.
    package var ref: String { "refs/heads/\(branch)" }

    /// The folder's path with a final slash; empty for the root.
    package var prefix: String { path.isEmpty ? "" : "\(path)/" }

    /// A file of the folder, as a path on the branch.
    package func path(of file: String) -> String { prefix + file }
}

extension StateBranch: CustomStringConvertible {
    /// As messages name it.
    package var description: String {
        "branch \(branch) of \(shownRemote)" + (path.isEmpty ? "" : ", path \(path)")
    }
}
