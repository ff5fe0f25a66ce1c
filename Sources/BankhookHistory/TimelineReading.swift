internal import BankhookModel
internal import BankhookState
internal import Git

/// What was read of a history so far, and what it comes to.
struct TimelineReading {
    let folder: TimelineFolder
    let isShallow: Bool
    private var builder = TimelineBuilder()
    private var contents = RecordContents(nil)
    private var listing = TreeListing.empty

    init(folder: TimelineFolder, isShallow: Bool) {
        self.folder = folder
        self.isShallow = isShallow
    }

    /// Adds the commits of a history, the files of its last one, and what they hold.
    mutating func add(_ log: TimelineLog, _ listing: TreeListing, _ batch: BlobBatch) {
        self.listing = listing
        contents = RecordContents(batch)
        for entry in log.entries.reversed() {
            builder.add(
                folder.changes(of: entry, &contents), in: entry.commit,
                isBoundary: isShallow && !entry.hasParents)
        }
    }

    /// Adds what a directory holds beyond the last commit.
    mutating func addUncommitted(_ inspection: RecordInspection) {
        builder.add(folder.uncommitted(inspection, after: listing, &contents), in: nil)
    }

    /// The records of the last commit, sorted by name.
    mutating func committed() -> [Record] {
        listing.contents.compactMap { path, content in
            folder.environment(of: path).flatMap {
                contents.version(content, of: $0).decoded?.record
            }
        }.sorted { $0.environment < $1.environment }
    }

    func timeline(current: [Record]) -> RecordTimeline {
        let gap: HistoryGap? =
            contents.lacksObjects ? .missingObjects : isShallow ? .shallow : nil
        return RecordTimeline(
            coverage: gap?.timelineCoverage ?? .complete, events: builder.events,
            current: current)
    }
}
