internal import BankhookModel
package import BankhookState
package import Git
internal import SystemCalls

/// Reads what happened to the records of a store: one history of its folder, once, and the blobs
/// that it names, once (specification, section 7, `state history`).
package struct TimelineReader: Sendable {
    private let git: Git
    private let directory: String
    private let timeLimit: Duration

    /// The most that is read of the log, and of the blobs, in bytes.
    private static let logLimit = 64 << 20
    private static let blobLimit = 256 << 20

    /// Of a directory store, the state directory; of a branch, any folder of a clone that has it.
    /// `timeLimit` is for each call of git.
    package init(git: Git, directory: String, timeLimit: Duration = .seconds(60)) {
        self.git = git
        self.directory = directory
        self.timeLimit = timeLimit
    }

    /// What happened to the records of a directory: HEAD's own history, and what stands there.
    package func timeline(of inspection: RecordInspection) async -> RecordTimeline {
        let current = inspection.records.map(\.record)
        let start: (directory: String, rest: String)
        do throws(SystemCallError) {
            start = try nearestDirectory()
            // Where there is no repository, nothing is started.
            guard try UpwardSearch.finds(".git", from: start.directory) else {
                return RecordTimeline(coverage: .noWorkTree, events: [], current: current)
            }
        } catch {
            return failed(.unreadable("\(error)"), current)
        }
        do throws(GitError) {
            let place = RepositoryPlace(
                try await run(RepositoryPlace.arguments, in: start.directory))
            guard let place else { throw .unusable("git rev-parse is not understood") }
            guard place.isInWorkTree else {
                return RecordTimeline(coverage: .noWorkTree, events: [], current: current)
            }
            let rest = start.rest.isEmpty ? "" : "\(start.rest)/"
            var reading = TimelineReading(
                folder: TimelineFolder(prefix: place.prefix + rest), isShallow: place.isShallow)
            if let head = place.head {
                try await read(
                    head, into: &reading, path: start.rest.isEmpty ? "." : start.rest,
                    in: start.directory)
            }
            reading.addUncommitted(inspection)
            return reading.timeline(current: current)
        } catch {
            return failed(.git(error), current)
        }
    }

    /// What happened to the records of a branch, which holds little else. `folder` is theirs in its
    /// tree, empty or with a final slash.
    package func timeline(of revision: String, folder: String) async -> RecordTimeline {
        do throws(GitError) {
            let place = RepositoryPlace(try await run(RepositoryPlace.arguments, in: directory))
            guard let place else { throw .unusable("git rev-parse is not understood") }
            var reading = TimelineReading(
                folder: TimelineFolder(prefix: folder), isShallow: place.isShallow)
            try await read(revision, into: &reading, path: nil, in: directory)
            return reading.timeline(current: reading.committed())
        } catch {
            return failed(.git(error), [])
        }
    }

    private func read(
        _ revision: String, into reading: inout TimelineReading, path: String?,
        in directory: String
    ) async throws(GitError) {
        let log = TimelineLog(
            try await run(
                TimelineLog.arguments(of: revision, path: path), in: directory,
                limit: TimelineReader.logLimit))
        guard let log else { throw .unusable("git log is not understood") }
        let listing = TreeListing(
            try await run(
                TreeListing.arguments(of: revision, folder: reading.folder.prefix),
                in: directory, limit: TimelineReader.logLimit))
        guard let listing else { throw .unusable("git ls-tree is not understood") }
        let wanted = reading.folder.blobs(log, listing)
        let output =
            wanted.isEmpty
            ? []
            : try await run(
                BlobBatch.arguments, in: directory, input: BlobBatch.request(wanted.sorted()),
                limit: TimelineReader.blobLimit)
        guard let batch = BlobBatch(output) else {
            throw .unusable("git cat-file is not understood")
        }
        reading.add(log, listing, batch)
    }

    /// The state directory, or what is left of its path where it is gone, with the rest of the path.
    private func nearestDirectory() throws(SystemCallError) -> (directory: String, rest: String) {
        var steps = directory.split(separator: "/")[...]
        var rest = [Substring]()
        let isAbsolute = directory.hasPrefix("/")
        while true {
            let path = (isAbsolute ? "/" : "") + steps.joined(separator: "/")
            let known = path.isEmpty ? "." : path
            if try UpwardSearch.realPath(of: known) != nil || steps.isEmpty {
                return (known, rest.joined(separator: "/"))
            }
            if let last = steps.popLast() { rest.insert(last, at: 0) }
        }
    }

    private func failed(_ gap: HistoryGap, _ current: [Record]) -> RecordTimeline {
        RecordTimeline(coverage: gap.timelineCoverage, events: [], current: current)
    }

    private func run(
        _ arguments: [String], in directory: String, input: [UInt8] = [], limit: Int = 1 << 20
    ) async throws(GitError) -> [UInt8] {
        try await git.run(
            arguments, in: directory, input: input, outputLimit: limit, timeLimit: timeLimit)
    }
}
