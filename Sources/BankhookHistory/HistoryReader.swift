package import BankhookModel
package import BankhookState
package import Git
internal import SystemCalls

/// Reads what git knows of the records of a directory store: one walk over all refs, and one reading
/// of the blobs that count (specification, section 4, "Rollback trap").
package struct HistoryReader: Sendable {
    private let git: Git
    private let directory: String
    private let timeLimit: Duration

    /// The most that is read of a walk, and of the blobs, in bytes.
    private static let logLimit = 64 << 20
    private static let blobLimit = 256 << 20

    /// `timeLimit` is for the walk and the blobs together.
    package init(git: Git, directory: String, timeLimit: Duration = .seconds(10)) {
        self.git = git
        self.directory = directory
        self.timeLimit = timeLimit
    }

    /// Walks over the history; it needs no records, so that they can be read meanwhile.
    package func walk() async -> HistoryWalk {
        let start = ContinuousClock.now
        let result = await walkResult()
        return HistoryWalk(result, duration: ContinuousClock.now - start)
    }

    /// Which of the records are not the newest of their lineage.
    package func history(of records: [DecodedRecord], after walk: HistoryWalk) async
        -> RecordHistory
    {
        guard !records.isEmpty else { return RecordHistory(coverage: .complete) }
        switch walk.result {
        case .noWorkTree: return .none
        case .failed(let gap): return RecordHistory(coverage: gap.coverage)
        case .walked(let files):
            do throws(GitError) {
                return try await history(
                    of: records, in: files, timeLimit: timeLimit - walk.duration)
            } catch {
                return RecordHistory(coverage: HistoryGap.git(error).coverage)
            }
        }
    }

    private func walkResult() async -> HistoryWalk.Result {
        do throws(SystemCallError) {
            // Where there is no repository, nothing is started.
            guard try UpwardSearch.finds(".git", from: directory) else { return .noWorkTree }
        } catch {
            return .failed(.unreadable("\(error)"))
        }
        async let output = logOutput()
        do throws(GitError) {
            let place = RepositoryPlace(
                try await git.run(RepositoryPlace.arguments, in: directory, timeLimit: timeLimit))
            guard let place else { return .failed(.unreadable("git rev-parse is not understood")) }
            guard place.isInWorkTree else { return .noWorkTree }
            guard let log = HistoryLog(try await output.get()) else {
                return .failed(.unreadable("git log is not understood"))
            }
            return .walked(HistoryWalk.files(in: log, at: place))
        } catch {
            return .failed(.git(error))
        }
    }

    /// Walks over a branch that holds records and little else; `folder` is theirs in its tree, empty or
    /// with a final slash.
    package func walk(branch tip: String, folder: String) async -> HistoryWalk {
        let start = ContinuousClock.now
        let result: HistoryWalk.Result
        do throws(GitError) {
            let place = RepositoryPlace(
                try await git.run(RepositoryPlace.arguments, in: directory, timeLimit: timeLimit))
            let log = HistoryLog(
                try await git.run(
                    HistoryLog.arguments(of: tip), in: directory,
                    outputLimit: HistoryReader.logLimit, timeLimit: timeLimit))
            if let place, let log {
                // A shallow clone may well have all of this branch.
                let isCut = place.isShallow ? try await isCut(log.graph.roots) : false
                result = .walked(
                    HistoryWalk.files(
                        in: log, at: RepositoryPlace(isShallow: isCut, prefix: folder, head: tip)))
            } else {
                result = .failed(.unreadable("git log is not understood"))
            }
        } catch {
            result = .failed(.git(error))
        }
        return HistoryWalk(result, duration: ContinuousClock.now - start)
    }

    /// Whether one of these commits, which have no parents in a log, has some in truth.
    private func isCut(_ roots: [String]) async throws(GitError) -> Bool {
        for root in roots {
            let commit = try await git.run(
                ["cat-file", "commit", root], in: directory, timeLimit: timeLimit)
            let header = commit.split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
            ).prefix { !$0.isEmpty }
            if header.contains(where: { $0.starts(with: "parent ".utf8) }) { return true }
        }
        return false
    }

    private func logOutput() async -> Result<[UInt8], GitError> {
        do throws(GitError) {
            return .success(
                try await git.run(
                    HistoryLog.arguments, in: directory, outputLimit: HistoryReader.logLimit,
                    timeLimit: timeLimit))
        } catch {
            return .failure(error)
        }
    }

    /// Whether the records are intact and follow from what was committed (specification, section 7,
    /// `state verify`).
    package func verification(of inspection: RecordInspection, after walk: HistoryWalk) async
        -> StateVerification
    {
        switch walk.result {
        case .noWorkTree: return StateVerification(inspection, coverage: .noWorkTree)
        case .failed(let gap):
            return StateVerification(inspection, coverage: gap.chainCoverage)
        case .walked(let files):
            do throws(GitError) {
                let (versions, lacksObjects) = try await versions(
                    beside: inspection.records, in: files, timeLimit: timeLimit - walk.duration)
                let gap: HistoryGap? =
                    lacksObjects ? .missingObjects : files.isShallow ? .shallow : nil
                return StateVerification(
                    inspection, coverage: gap?.chainCoverage ?? .complete, versions)
            } catch {
                return StateVerification(
                    inspection, coverage: HistoryGap.git(error).chainCoverage)
            }
        }
    }

    private func history(
        of records: [DecodedRecord], in files: HistoryWalk.Files, timeLimit: Duration
    ) async throws(GitError) -> RecordHistory {
        let (versions, lacksObjects) = try await versions(
            beside: records, in: files, timeLimit: timeLimit)
        let judge = HistoryJudge(versions: versions)
        let coverage =
            if lacksObjects {
                HistoryGap.missingObjects.coverage
            } else if files.isShallow {
                HistoryGap.shallow.coverage
            } else {
                judge.damage(among: records).map(\.coverage) ?? .complete
            }
        return RecordHistory(coverage: coverage, findings: judge.findings(about: records))
    }

    /// Everything that the files ever held, and whether this clone lacks some of it.
    private func versions(
        beside records: [DecodedRecord], in files: HistoryWalk.Files, timeLimit: Duration
    ) async throws(GitError) -> (VersionCollection, lacksObjects: Bool) {
        var versions = VersionCollection(files: files)
        let wanted = versions.addOwn(records)
        var lacksObjects = false
        if !wanted.isEmpty {
            let output = try await git.run(
                BlobBatch.arguments, in: directory, input: BlobBatch.request(wanted),
                outputLimit: HistoryReader.blobLimit, timeLimit: max(timeLimit, .zero))
            guard let batch = BlobBatch(output) else {
                throw .unusable("git cat-file is not understood")
            }
            lacksObjects = batch.lacksObjects
            versions.add(batch)
        }
        return (versions, lacksObjects)
    }
}
