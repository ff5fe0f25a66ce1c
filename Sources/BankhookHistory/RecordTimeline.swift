package import BankhookModel

/// What happened to the records of a store, as the commits of one history tell it (specification,
/// section 7, `state history`).
package struct RecordTimeline: Sendable {
    /// How much of the history could be looked at.
    package let coverage: RecordHistory.Coverage
    /// Newest first, in the order of the commits; what is not committed yet comes first.
    package let events: [RecordEvent]
    /// What stands in the store, sorted by name.
    package let current: [Record]

    package init(
        coverage: RecordHistory.Coverage, events: [RecordEvent], current: [Record]
    ) {
        self.coverage = coverage
        self.events = events
        self.current = current
    }

    /// The part that is about one environment; nil where neither history nor store knows the name.
    ///
    /// A record that moved is followed under all of its names.
    package func limited(to name: EnvironmentName) -> RecordTimeline? {
        let own = events.filter { $0.environment == name || $0.formerName == name }
        let isRecorded = current.contains { $0.environment == name }
        guard isRecorded || !own.isEmpty else { return nil }
        let lineages = Set(own.compactMap(\.lineage))
        let followed = events.filter { event in
            event.environment == name || event.lineage.map(lineages.contains) ?? false
        }
        let names = Set(followed.map(\.environment)).union([name])
        return RecordTimeline(
            coverage: coverage, events: followed,
            current: current.filter { names.contains($0.environment) })
    }

    /// The same with every text that somebody wrote made safe to print.
    package func mapping(_ safe: (String) -> String) -> RecordTimeline {
        var commits = [String: RecordCommit]()
        // A fleet's records name the same run and revision again and again.
        var known = [String: String]()
        func safeOnce(_ text: String) -> String {
            if let text = known[text] { return text }
            let shown = safe(text)
            known[text] = shown
            return shown
        }
        let events = events.map { event in
            let commit = event.commit.map { commit in
                commits[commit.id] ?? commit.mapping(safeOnce)
            }
            if let commit { commits[commit.id] = commit }
            return event.mapping(safeOnce, commit: commit)
        }
        return RecordTimeline(coverage: coverage, events: events, current: current)
    }
}
