package import BankhookModel
package import BankhookState
package import Git
internal import Crypto
internal import Synchronization
internal import SystemCalls

/// The clone that the configuration stands in, and its remote, by git's plumbing: neither the work
/// tree nor the index nor the current branch is touched (specification, section 6).
package final class GitBranchRepository: BranchRepository {
    private let git: Git
    private let branch: StateBranch
    private let host: String
    private let makeID: @Sendable () -> String
    private let now: @Sendable () -> Timestamp
    /// Makes git's words safe to show.
    private let shown: @Sendable (String) -> String
    /// How long one call of git may take now.
    private let timeLimit: @Sendable () -> Duration
    /// The refs that keep commits of this run, and kept ones of others, in the clone.
    private let keepingRefs = Mutex<[String: String]>([:])
    /// Whether this clone is known to remember a tip: what is fetched builds upon it then.
    private let hasTip = Mutex(false)
    private let knownIdentity = Mutex<String?>(nil)

    /// The most that is read of a branch's records, in bytes.
    private static let recordLimit = 512 << 20

    /// The most that one call of git may take (specification, section 6).
    package static let longestCall = Duration.seconds(60)

    /// `git` may reach remotes. `shown` searches its words for secrets.
    package init(
        _ branch: StateBranch, git: Git, host: String, now: @Sendable @escaping () -> Timestamp,
        makeID: @Sendable @escaping () -> String, shown: @Sendable @escaping (String) -> String,
        timeLimit: @Sendable @escaping () -> Duration = { GitBranchRepository.longestCall }
    ) {
        self.branch = branch
        self.git = git
        self.host = host
        self.now = now
        self.makeID = makeID
        self.shown = shown
        self.timeLimit = timeLimit
    }

    // MARK: Refs

    /// Tells branches and remotes of one clone apart.
    private var key: String {
        let text = "\(branch.remote)\n\(branch.branch)\n\(branch.path)"
        let digits = SHA256.hash(data: Array(text.utf8)).prefix(4).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0\(digits)" : digits
        }.joined()
        return "\(branch.branch)-\(digits)"
    }

    private var tipRef: String { "refs/bankhook/tip/\(key)" }
    private static let transientPrefix = "refs/bankhook/transient/"
    private var keptPrefix: String { "refs/bankhook/unpushed/\(key)/" }

    private func refs(_ prefixes: [String])
        async throws(BranchError) -> [(name: String, id: String)]
    {
        let output = try await run(
            ["for-each-ref", "--format=%(objectname) %(refname)"] + prefixes)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 2 ? (String(words[1]), String(words[0])) : nil
        }
    }

    func updateRefs(_ lines: [String]) async throws(BranchError) {
        let input = lines.map { "\($0)\n" }.joined()
        _ = try await run(["update-ref", "--stdin"], input: Array(input.utf8))
    }

    package func rememberedTip() async throws(BranchError) -> String? {
        let tip = try await refs([tipRef]).first?.id
        hasTip.withLock { $0 = tip != nil }
        return tip
    }

    package func remember(_ tip: String, forgetting commit: String?) async throws(BranchError) {
        hasTip.withLock { $0 = true }
        let ref = commit.flatMap { commit in keepingRefs.withLock { $0.removeValue(forKey: commit) }
        }
        try await updateRefs(["update \(tipRef) \(tip)"] + (ref.map { ["delete \($0)"] } ?? []))
    }

    package func forget(_ commit: String) async throws(BranchError) {
        guard let ref = keepingRefs.withLock({ $0.removeValue(forKey: commit) }) else { return }
        try await updateRefs(["delete \(ref)"])
    }

    /// A ref for the length of one operation; its name tells its age.
    func transientRef(_ use: String) -> String {
        "\(GitBranchRepository.transientPrefix)\(use)/\(now().secondsSinceEpoch)-\(makeID())"
    }

    /// Removes what processes left that died during an operation, a day and more ago.
    private func removeLeftovers(among refs: [String]) async throws(BranchError) {
        let oldest = now().secondsSinceEpoch - 86_400
        let left = refs.filter { ref in
            let name = ref.split(separator: "/").last ?? ""
            return Int(name.prefix { $0 != "-" }).map { $0 < oldest } ?? false
        }
        if !left.isEmpty { try await updateRefs(left.map { "delete \($0)" }) }
    }

    package func keptCommits() async throws(BranchError) -> [KeptCommit] {
        let refs = try await refs([GitBranchRepository.transientPrefix, keptPrefix])
        let transient = refs.map(\.name).filter {
            $0.hasPrefix(GitBranchRepository.transientPrefix)
        }
        try await removeLeftovers(among: transient)
        var kept = [KeptCommit]()
        for (name, id) in refs where name.hasPrefix(keptPrefix) {
            keepingRefs.withLock { $0[id] = name }
            let after = try await files(of: id, knowing: nil)
            kept.append(
                KeptCommit(
                    id: id, before: try await files(of: "\(id)^", knowing: after), after: after))
        }
        return kept
    }

    // MARK: Reading

    package func fetch(knowing known: BranchTip?) async throws(BranchError) -> BranchTip? {
        let ref = transientRef("fetched")
        guard try await fetch(into: ref) else { return nil }
        let id = try await refs([ref]).first?.id
        try await updateRefs(["delete \(ref)"])
        guard let id else { throw .unusable(words: "git fetch left no commit") }
        if let known, known.id == id { return known }
        return BranchTip(id: id, files: try await files(of: id, knowing: known?.files))
    }

    /// False where the remote has no such branch.
    private func fetch(into ref: String) async throws(BranchError) -> Bool {
        // What is known of the branch is built upon; a shallow clone asks for no more than the tip.
        let isTipEnough = hasTip.withLock { $0 } ? false : try await isShallow()
        return try await fetch(into: ref, isTipEnough ? ["--depth=1"] : [])
    }

    /// Whether this clone may lack the beginning of a history.
    func isShallow() async throws(BranchError) -> Bool {
        text(try await run(["rev-parse", "--is-shallow-repository"])) == "true"
    }

    /// False where the remote has no such branch.
    func fetch(into ref: String, _ depth: [String]) async throws(BranchError) -> Bool {
        do throws(GitError) {
            _ = try await runPlain(
                [
                    "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=",
                    "--no-recurse-submodules", "--no-auto-maintenance", "--no-filter",
                ] + depth + [
                    branch.remote, "+\(branch.ref):\(ref)",
                ])
            return true
        } catch {
            guard error.isMissingBranch else { throw remoteError(error) }
        }
        // Words are not enough to call a branch missing.
        let listed: [UInt8]
        do throws(GitError) {
            listed = try await runPlain(["ls-remote", branch.remote, branch.ref])
        } catch {
            throw remoteError(error)
        }
        guard listed.isEmpty else {
            throw .unreachable(branch, words: "it appeared just now")
        }
        return false
    }

    private func files(of commit: String, knowing known: BranchFiles?) async throws(BranchError)
        -> BranchFiles
    {
        let entries = try await entries(of: commit)
        let knownContent = Dictionary(
            (known?.files.values ?? [:].values).compactMap { file in
                file.id.map { ($0, file.content) }
            }
        ) { first, _ in first }
        let wanted = Set(entries.filter { $0.isRecord }.map(\.id)).subtracting(knownContent.keys)
        var batch: BlobBatch?
        if !wanted.isEmpty {
            batch = BlobBatch(
                try await run(
                    BlobBatch.arguments, input: BlobBatch.request(wanted),
                    outputLimit: GitBranchRepository.recordLimit))
            guard let batch, !batch.lacksObjects else {
                throw .unusable(words: "git cat-file did not give every record")
            }
        }
        var files = [String: BranchFiles.File]()
        for entry in entries {
            let content: FileContent =
                if let kind = entry.kind {
                    .other(kind)
                } else {
                    knownContent[entry.id] ?? .file(Array(batch?.blobs[entry.id] ?? []))
                }
            files[entry.name] = BranchFiles.File(id: entry.id, content: content)
        }
        return BranchFiles(files)
    }

    private func entries(of commit: String) async throws(BranchError) -> [TreeEntry] {
        let folder = branch.path.isEmpty ? [] : ["--", "\(branch.path)/"]
        let output = try await run(
            // Of the whole tree: git would look in the folder of the work tree that it runs in.
            ["ls-tree", "-z", "--full-tree", commit] + folder,
            outputLimit: GitBranchRepository.recordLimit)
        return try output.split(separator: 0).map { line throws(BranchError) in
            guard let entry = TreeEntry(line) else {
                throw .unusable(words: "git ls-tree is not understood")
            }
            return entry
        }
    }

    // MARK: Writing

    package func commit(
        _ changes: [BranchChange], on parent: String?, _ text: CommitText, kept: Bool
    ) async throws(BranchError) -> String {
        let ref = kept ? keptPrefix + makeID() : transientRef("outgoing")
        let stream = FastImport.stream(
            changes.map { (branch.path(of: $0.file), $0.bytes) }, on: parent, to: ref,
            by: await identity(), at: now(), text.text)
        let output = try await run(
            ["-c", "core.fsync=all", "fast-import", "--quiet", "--done"], input: stream)
        let id = self.text(output)
        guard !id.isEmpty, id.utf8.allSatisfy(\.isLowerCaseHexDigit) else {
            throw .unusable(words: "git fast-import is not understood")
        }
        // The same changes in the same second are the same commit: one ref of it will do.
        if let other = keepingRefs.withLock({ $0.updateValue(ref, forKey: id) }) {
            try await updateRefs(["delete \(other)"])
        }
        return id
    }

    package func push(_ commit: String, replacing old: String?) async throws(PushFailure) {
        do throws(GitError) {
            _ = try await runPlain([
                // A mirror's clone would push everything, and takes no refspec.
                "-c", "remote.\(branch.remote).mirror=false",
                "push", "--quiet", "--no-verify", "--no-follow-tags", "--no-signed",
                "--recurse-submodules=no", "--force-with-lease=\(branch.ref):\(old ?? "")",
                branch.remote, "\(commit):\(branch.ref)",
            ])
        } catch {
            let isRejected =
                if case .failed(let words) = error { words.contains("rejected]") } else { false }
            guard error.isLostRace || isRejected else {
                throw PushFailure(.unreachable, remoteError(error))
            }
            throw PushFailure(
                error.isLostRace ? .lostRace : .refused,
                .refused(branch, words: line(of: error)))
        }
    }

    /// The repository's or the user's own, else bankhook's.
    private func identity() async -> String {
        if let known = knownIdentity.withLock({ $0 }) { return known }
        // Ends with an error where there is neither, which is no failure.
        let output = try? await runPlain([
            "config", "--null", "--get-regexp", "^user\\.(name|email)$",
        ])
        var name = "bankhook"
        var email = "bankhook@\(host)"
        for entry in (output ?? []).split(separator: 0) {
            let parts = String(decoding: entry, as: UTF8.self).split(
                separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty else { continue }
            if parts[0] == "user.name" { name = String(parts[1]) } else { email = String(parts[1]) }
        }
        let identity = "\(FastImport.plain(name)) <\(FastImport.plain(email))>"
        knownIdentity.withLock { $0 = identity }
        return identity
    }

    // MARK: Running git

    private func text(_ output: [UInt8]) -> String {
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

    private func runPlain(_ arguments: [String], input: [UInt8] = [], outputLimit: Int = 1 << 24)
        async throws(GitError) -> [UInt8]
    {
        let (git, folder, limit) = (git, branch.folder, timeLimit())
        // Not a stray one: it is awaited here, and ends by its time limit. What is recorded must not
        // be cut off with the requests that a cancellation ends.
        return try await Task {
            await Result { () async throws(GitError) in
                try await git.run(
                    arguments, in: folder, input: input, outputLimit: outputLimit,
                    timeLimit: limit)
            }
        }.value.get()
    }

    private func localError(_ error: GitError) -> BranchError {
        if error.isNoRepository { return .noRepository(folder: branch.folder) }
        if error.isForeignOwned { return .foreignOwned(folder: branch.folder) }
        if case .notFound = error { return .noGit }
        return .unusable(words: line(of: error))
    }

    private func remoteError(_ error: GitError) -> BranchError {
        if error.isForeignOwned || error.isNoRepository { return localError(error) }
        if case .notFound = error { return .noGit }
        if error.isSignIn {
            return .notSignedIn(branch, words: line(of: error), dropped: git.environment.dropped)
        }
        return .unreachable(branch, words: line(of: error))
    }

    /// The line of git's words that says most, safe to show.
    private func line(of error: GitError) -> String {
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
