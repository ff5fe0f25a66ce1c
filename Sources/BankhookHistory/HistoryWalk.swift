internal import BankhookModel
internal import Git

/// Which blobs the files of a state directory ever were, and in which commits.
package struct HistoryWalk: Sendable {
    /// What came of it.
    enum Result {
        case noWorkTree
        case failed(HistoryGap)
        case walked(HistoryWalk.Files)
    }

    struct Files {
        let graph: CommitGraph
        /// The blobs of each environment's file, and the commits that brought them.
        let blobs: [EnvironmentName: [String: [Int]]]
        /// HEAD's own history.
        let head: Set<Int>
        let isShallow: Bool

        /// No history at all.
        static let none = Files(graph: CommitGraph(), blobs: [:], head: [], isShallow: false)
    }

    let result: Result
    let duration: Duration

    init(_ result: Result, duration: Duration) {
        self.result = result
        self.duration = duration
    }

    /// No walk: something else answers for the records.
    package static let notNeeded = HistoryWalk(.noWorkTree, duration: .zero)

    /// Whether HEAD's own history has a record in the directory; nil where git did not tell.
    package var tracksRecords: Bool? {
        switch result {
        case .noWorkTree: false
        case .failed: nil
        case .walked(let files):
            files.blobs.values.contains { blobs in
                blobs.values.contains { $0.contains(where: files.head.contains) }
            }
        }
    }

    /// The files of a directory in what a walk over all refs printed.
    static func files(in log: HistoryLog, at place: RepositoryPlace) -> Files {
        var blobs = [EnvironmentName: [String: [Int]]]()
        for blob in log.blobs where blob.path.hasPrefix(place.prefix) {
            let file = blob.path.dropFirst(place.prefix.count)
            guard file.hasSuffix(".json"), let name = EnvironmentName(String(file.dropLast(5)))
            else { continue }
            blobs[name, default: [:]][blob.id, default: []].append(blob.commit)
        }
        let head = place.head.flatMap(log.graph.number).map(log.graph.history) ?? []
        return Files(graph: log.graph, blobs: blobs, head: head, isShallow: place.isShallow)
    }
}
