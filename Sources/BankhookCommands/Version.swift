internal import CBankhook

/// What this program is.
package enum Version {
    package static let number = "0.1.0"

    /// What records name as their writer, and requests as their sender.
    package static let tool = "bankhook \(number)"

    /// The same as a request header names it.
    package static let userAgent = "bankhook/\(number)"

    /// The commit that it was built from, where the build knew it.
    package static var commit: String? {
        let commit = unsafe String(cString: bankhook_build_commit())
        return commit.isEmpty ? nil : commit
    }

    /// What `--version` prints.
    package static var text: String {
        tool + (commit.map { " (commit \($0))" } ?? "")
    }
}
