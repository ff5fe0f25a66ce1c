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

    /// An object is not in this clone, and was not fetched.
    package var isMissingObject: Bool {
        guard case .failed(let text) = self else { return false }
        return text.contains("promisor remote") || text.contains("could not fetch")
    }
}
