internal import BankhookModel
internal import BankhookState
internal import Git

/// How git is run for a branch, and what its failures mean.
extension GitBranchRepository {
    func text(_ output: [UInt8]) -> String {
        String(String(decoding: output, as: UTF8.self).prefix { !$0.isNewline })
    }

    func run(_ arguments: [String], input: [UInt8] = [], outputLimit: Int = 1 << 24)
        async throws(BranchError) -> [UInt8]
    {
        do throws(GitError) {
            return try await runPlain(arguments, input: input, outputLimit: outputLimit)
        } catch {
            throw localError(error)
        }
    }

    func runPlain(_ arguments: [String], input: [UInt8] = [], outputLimit: Int = 1 << 24)
        async throws(GitError) -> [UInt8]
    {
        let (git, folder, limit, untilCutOff) = (git, branch.folder, timeLimit(), untilCutOff)
        // Not a stray one: it is awaited here, and ends by its time limit. What is recorded must not
        // be cut off with the requests that a cancellation ends.
        return try await Task {
            await withTaskGroup(of: Result<[UInt8], GitError>.self) { group in
                group.addTask {
                    await Result { () async throws(GitError) in
                        try await git.run(
                            arguments, in: folder, input: input, outputLimit: outputLimit,
                            timeLimit: limit)
                    }
                }
                group.addTask {
                    await untilCutOff()
                    return .failure(.timedOut)
                }
                let first = await group.next()
                group.cancelAll()
                return first ?? .failure(.timedOut)
            }
        }.value.get()
    }

    func localError(_ error: GitError) -> BranchError {
        if error.isNoRepository { return .noRepository(folder: branch.folder) }
        if error.isForeignOwned { return .foreignOwned(folder: branch.folder) }
        if case .notFound = error { return .noGit }
        return .unusable(words: line(of: error))
    }

    func remoteError(_ error: GitError) -> BranchError {
        if error.isForeignOwned, error.isAtRemote {
            return .foreignRemote(branch, words: line(of: error))
        }
        if error.isForeignOwned || error.isNoRepository || error.isLocal {
            return localError(error)
        }
        if case .notFound = error { return .noGit }
        if error.isSignIn {
            return .notSignedIn(branch, words: line(of: error), dropped: git.environment.dropped)
        }
        return .unreachable(branch, words: line(of: error))
    }

    /// The line of git's words that says most, safe to show.
    func line(of error: GitError) -> String {
        switch error {
        case .notFound: "there is no git program"
        case .timedOut: "git took too long"
        case .tooMuchOutput: "git answered more than bankhook reads"
        case .unusable(let words): shown(words)
        case .failed(let words): shown(GitWords.summary(of: words))
        }
    }
}

extension Result where Success: Sendable {
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
