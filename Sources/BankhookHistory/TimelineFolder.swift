internal import BankhookModel
internal import BankhookState

/// The folder of the records in a repository: which of its files are whose.
struct TimelineFolder {
    /// Its path in the repository, empty or with a final slash.
    let prefix: String

    /// Whose state file a path is; nil where it is none.
    func environment(of path: String) -> EnvironmentName? {
        guard path.hasPrefix(prefix), path.hasSuffix(".json") else { return nil }
        return EnvironmentName(String(path.dropFirst(prefix.count).dropLast(5)))
    }

    /// Everything that has to be read.
    func blobs(_ log: TimelineLog, _ listing: TreeListing) -> Set<String> {
        var blobs = Set<String>()
        func add(_ content: TimelineLog.Content) {
            if case .blob(let id) = content { blobs.insert(id) }
        }
        for entry in log.entries {
            for change in entry.changes where environment(of: change.path) != nil {
                change.before.forEach(add)
                add(change.after)
            }
        }
        for (path, content) in listing.contents where environment(of: path) != nil { add(content) }
        return blobs
    }

    /// What a commit did. A merge that made a version of its own follows the newest one it merged.
    func changes(of entry: TimelineLog.Entry, _ contents: inout RecordContents)
        -> [TimelineBuilder.Change]
    {
        entry.changes.compactMap { change in
            guard let name = environment(of: change.path) else { return nil }
            let before = change.before.map { contents.version($0, of: name) }
            let newest = before.max { left, right in
                (left.decoded?.record.serial ?? -1) < (right.decoded?.record.serial ?? -1)
            }
            return TimelineBuilder.Change(
                environment: name, before: newest ?? .absent,
                after: contents.version(change.after, of: name))
        }
    }

    /// How the directory differs from a commit.
    func uncommitted(
        _ inspection: RecordInspection, after listing: TreeListing,
        _ contents: inout RecordContents
    ) -> [TimelineBuilder.Change] {
        var present = TimelineFolder.present(inspection)
        let damaged = Dictionary(
            inspection.faults.compactMap { fault in
                fault.environment.map { ($0, fault.bytes) }
            }
        ) { first, _ in first }
        var changes = [TimelineBuilder.Change]()
        for (path, content) in listing.contents {
            guard let name = environment(of: path) else { continue }
            let after = present.removeValue(forKey: name) ?? .absent
            // Damage that is committed is told where its commit is.
            if case .damaged = after, TimelineFolder.holds(content, damaged[name] ?? nil) {
                continue
            }
            changes.append(
                .init(
                    environment: name, before: contents.version(content, of: name), after: after))
        }
        return changes
            + present.map { .init(environment: $0.key, before: .absent, after: $0.value) }
    }

    /// Whether a damaged file is what a commit holds; of what is no file nobody compares more.
    private static func holds(_ content: TimelineLog.Content, _ bytes: [UInt8]?) -> Bool {
        switch (content, bytes) {
        case (.blob(let id), let bytes?): BlobID.of(bytes, length: id.utf8.count) == id
        case (.noFile, nil): true
        default: false
        }
    }

    private static func present(_ inspection: RecordInspection) -> [EnvironmentName: FileVersion] {
        var present = [EnvironmentName: FileVersion]()
        for decoded in inspection.records {
            present[decoded.record.environment] = .record(decoded)
        }
        for fault in inspection.faults {
            guard let name = fault.environment, present[name] == nil else { continue }
            present[name] = .damaged("\(fault.error)")
        }
        return present
    }
}
