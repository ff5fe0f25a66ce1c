/// Why git gave no answer.
package enum GitError: Error, Equatable, Sendable {
    /// There is no `git` on the `PATH`.
    case notFound
    case timedOut
    case tooMuchOutput
    /// It ended with an error; its own words, untrusted.
    case failed(String)
    /// It could not be started or read.
    case unusable(String)

    /// The repository belongs to another user, and git does not read it.
    package var isForeignOwned: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("dubious ownership") || text.contains("is owned by someone else")
    }

    /// Whose repository that is, when it is the one at the other end.
    package var isAtRemote: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("Could not read from remote repository")
    }

    /// An object is not in this clone, and was not fetched.
    package var isMissingObject: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("promisor remote") || text.contains("could not fetch")
    }

    /// Nothing was ever committed where git was run.
    package var isWithoutCommit: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("Not a valid object name HEAD")
    }

    /// There is no repository where git was run.
    package var isNoRepository: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("not a git repository")
    }

    /// The remote wants somebody to sign in, and nobody could.
    package var isSignIn: Bool {
        guard case .failed(let text) = self else { return false }
        return [
            "Authentication failed", "could not read Username", "could not read Password",
            "terminal prompts disabled", "Permission denied (", "Host key verification failed",
            "The requested URL returned error: 401", "The requested URL returned error: 403",
        ].contains { text.contains($0) }
    }

    /// This clone cannot be written, which is no matter of the remote.
    package var isLocal: Bool {
        guard case .failed(let text) = self else { return false }
        return [
            "Read-only file system", "No space left on device",
            "insufficient permission for adding",
            "unable to write", "Disk quota exceeded", "couldn't write '", "nable to create '",
        ].contains { text.contains($0) } && !text.contains("remote:")
    }

    /// Somebody else changed the ref meanwhile, or is about to.
    package var isLostRace: Bool {
        guard case .failed(let text) = self else { return false }
        return [
            "fetch first", "failed to update ref", "stale info", "non-fast-forward",
            "cannot lock ref", "reference already exists", "incorrect old value",
            "failed to lock",
        ].contains { text.contains($0) }
    }

    /// Another git of this clone changes what a shallow clone lacks, or did so meanwhile.
    package var isShallowBusy: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("shallow.lock': File exists")
            || text.contains("shallow file has changed since we read it")
            // Another run's ref of a moment, whose commit a fetch was just cutting off.
            || text.contains("bad object refs/bankhook/")
    }

    /// The remote has no such branch.
    package var isMissingBranch: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("couldn't find remote ref")
            || text.contains("Couldn't find remote ref")
    }
}
