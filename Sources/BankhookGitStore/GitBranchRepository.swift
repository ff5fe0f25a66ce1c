package import BankhookModel
package import BankhookState
package import Git
internal import Crypto
internal import Synchronization
internal import SystemCalls

/// The clone that the configuration stands in, and its remote, by git's plumbing: neither the work
/// tree nor the index nor the current branch is touched (specification, section 6).
package final class GitBranchRepository: BranchRepository {
    let git: Git
    let branch: StateBranch
    let host: String
    let isLook: Bool
    let makeID: @Sendable () -> String
    let now: @Sendable () -> Timestamp
    /// Makes git's words safe to show.
    let shown: @Sendable (String) -> String
    /// How long one call of git may take now.
    let timeLimit: @Sendable () -> Duration
    /// Returns when no call may go on.
    let untilCutOff: @Sendable () async -> Void
    /// The refs that keep commits of this run, and kept ones of others, in the clone.
    let keepingRefs = Mutex<[String: String]>([:])
    /// Whether this clone is known to remember a tip: what is fetched builds upon it then.
    let hasTip = Mutex(false)
    let knownSettings = Mutex<Settings?>(nil)

    /// The most that is read of a branch's records, in bytes.
    static let recordLimit = 512 << 20

    /// The most that one call of git may take (specification, section 6).
    package static let longestCall = Duration.seconds(60)

    /// `git` may reach remotes. `shown` searches its words for secrets. With `isLook` the clone's memory
    /// of the branch stays as it is.
    package init(
        _ branch: StateBranch, git: Git, host: String, isLook: Bool = false,
        now: @Sendable @escaping () -> Timestamp,
        makeID: @Sendable @escaping () -> String, shown: @Sendable @escaping (String) -> String,
        timeLimit: @Sendable @escaping () -> Duration = { GitBranchRepository.longestCall },
        untilCutOff: @Sendable @escaping () async -> Void = {
            try? await Task.sleep(for: .seconds(3_600))
        }
    ) {
        self.branch = branch
        self.git = git
        self.host = host
        self.isLook = isLook
        self.now = now
        self.makeID = makeID
        self.shown = shown
        self.timeLimit = timeLimit
        self.untilCutOff = untilCutOff
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
    static let transientPrefix = "refs/bankhook/transient/"
    /// What is kept for any remote, branch and path.
    static let allKeptPrefix = "refs/bankhook/unpushed/"
    var keptPrefix: String { GitBranchRepository.allKeptPrefix + "\(key)/" }

    func refs(_ prefixes: [String])
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
        guard !isLook else { return }
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
            try await fetchOnceFree(depth + [branch.remote, "+\(branch.ref):\(ref)"])
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

    /// In a shallow clone one fetch at a time is possible, and git does not wait for another one.
    private func fetchOnceFree(_ arguments: [String]) async throws(GitError) {
        let end = ContinuousClock.now + timeLimit()
        while true {
            do throws(GitError) {
                _ = try await runPlain(
                    [
                        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=",
                        "--no-recurse-submodules", "--no-auto-maintenance", "--no-filter",
                    ] + arguments)
                return
            } catch {
                guard error.isShallowBusy, ContinuousClock.now < end else { throw error }
                // A cancelled run ends by its time limit, which is short then.
                try? await Task.sleep(for: .milliseconds(Int.random(in: 20...200)))
                guard !Task.isCancelled else { throw error }
            }
        }
    }

    func files(of commit: String, knowing known: BranchFiles?) async throws(BranchError)
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
        if output.isEmpty { try await requireFolder(in: commit) }
        return try TreeEntry.entries(output)
    }

    /// Nothing under the path may be the first apply's beginning; anything else but a folder there is
    /// not.
    private func requireFolder(in commit: String) async throws(BranchError) {
        var path = ""
        for part in branch.path.split(separator: "/") {
            path += path.isEmpty ? part : "/\(part)"
            let output = try await run(["ls-tree", "-z", "--full-tree", commit, "--", path])
            guard let entry = try TreeEntry.entries(output).first else { return }
            guard entry.isFolder else {
                throw .unusable(
                    words: "\(path) on \(branch) is \(entry.kind ?? "a file"), no folder")
            }
        }
    }

    // MARK: Writing

    package func commit(
        _ changes: [BranchChange], on parent: String?, _ text: CommitText, kept: Bool
    ) async throws(BranchError) -> String {
        let ref = kept ? keptPrefix + makeID() : transientRef("outgoing")
        let stream = FastImport.stream(
            changes.map { (branch.path(of: $0.file), $0.bytes) }, on: parent, to: ref,
            by: await settings().identity, at: now(), text.text)
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
            _ = try await runPlain(pushArguments(commit, replacing: old))
            try await confirm(commit)
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
}
