internal import BankhookModel
internal import Git
internal import Synchronization

/// What git's configuration says to whom and where.
extension GitBranchRepository {
    /// What of git's configuration counts here.
    struct Settings {
        /// `NAME <EMAIL>`: the repository's or the user's own, else bankhook's.
        let identity: String
        let pushesElsewhere: Bool
    }

    func settings() async -> Settings {
        if let known = knownSettings.withLock({ $0 }) { return known }
        // Ends with an error where there is none of them, which is no failure.
        let output = try? await runPlain([
            "config", "--null", "--get-regexp",
            "^(user\\.(name|email)|remote\\..*\\.pushurl|url\\..*\\.pushinsteadof)$",
        ])
        var name = "bankhook"
        var email = "bankhook@\(host)"
        var pushesElsewhere = false
        for entry in (output ?? []).split(separator: 0) {
            let parts = String(decoding: entry, as: UTF8.self).split(
                separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty else { continue }
            switch parts[0] {
            case "user.name": name = String(parts[1])
            case "user.email": email = String(parts[1])
            default: pushesElsewhere = true
            }
        }
        let settings = Settings(
            identity: "\(FastImport.plain(name)) <\(FastImport.plain(email))>",
            pushesElsewhere: pushesElsewhere)
        knownSettings.withLock { $0 = settings }
        return settings
    }

    /// Where git pushes to another URL than it fetches from, only a look at the branch tells that the
    /// push came where others read.
    func confirm(_ commit: String) async throws(GitError) {
        if await settings().pushesElsewhere == false { return }
        let listed = String(
            decoding: try await runPlain(["ls-remote", branch.remote, branch.ref]), as: UTF8.self)
        guard listed.hasPrefix(commit) else {
            throw .failed(
                "fatal: git pushes to another URL (pushurl, pushInsteadOf) than it fetches from, and "
                    + "the commit has not arrived where it fetches")
        }
    }

    /// A URL is no remote of the configuration, and a key of one may hold no `=`.
    var mirrorKey: String {
        branch.remote.utf8.allSatisfy { $0.isUnreservedInURL } ? branch.remote : "none"
    }
}
