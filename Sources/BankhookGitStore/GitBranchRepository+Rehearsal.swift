internal import BankhookModel
package import BankhookState
internal import Git

/// What can be asked of a remote without changing it.
extension GitBranchRepository {
    /// What git is told for a push; `options` come before everything else of the command.
    func pushArguments(_ commit: String, replacing old: String?, _ options: [String] = [])
        -> [String]
    {
        [
            // A mirror's clone would push everything, and takes no refspec.
            "-c", "remote.\(mirrorKey).mirror=false", "-c", "push.pushOption=",
            "push",
        ] + options + [
            "--quiet", "--no-verify", "--no-follow-tags", "--no-signed",
            "--recurse-submodules=no", "--force-with-lease=\(branch.ref):\(old ?? "")",
            branch.remote, "\(commit):\(branch.ref)",
        ]
    }

    /// Goes as far as a push goes before anything is sent: throws where git cannot sign in, or the
    /// remote takes no push of this run at all. Hooks and rules of the host are not asked.
    ///
    /// `tip` is what the branch is at; nothing is changed.
    package func rehearsePush(at tip: String) async throws(BranchError) {
        do throws(GitError) {
            _ = try await runPlain(pushArguments(tip, replacing: tip, ["--dry-run"]))
        } catch {
            // Somebody pushed just now: the remote was asked, and answered.
            guard !error.isLostRace else { return }
            throw remoteError(error)
        }
    }
}
