internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import Git
internal import SourceText
internal import SystemCalls

/// What git says of the folder that the configuration is in.
struct ConfigurationPlace: Sendable {
    private let files: [String]
    private let folder: String
    private let git: Git
    let isInWorkTree: Bool

    private static let timeLimit = Duration.seconds(10)

    init(_ configuration: Configuration, git: Git) {
        files = configuration.files.map(\.path)
        let first = files.first ?? ""
        let end = first.lastIndex(of: "/")
        folder = end.map { $0 == first.startIndex ? "/" : String(first[..<$0]) } ?? "."
        self.git = git
        isInWorkTree = (try? UpwardSearch.finds(".git", from: folder)) == true
    }

    /// HEAD's commit, with `+dirty` where the configuration is not as it is there; nil where git does
    /// not tell.
    var revision: String? {
        get async {
            isInWorkTree ? await ConfigurationRevision.find(files: files, git: git) : nil
        }
    }

    /// When HEAD's commit was made; nil where there is none, or git does not tell.
    var headEvent: ClockCheck.Event? {
        get async {
            guard isInWorkTree,
                let output = try? await git.run(
                    ["log", "-1", "--format=%H %ct"], in: folder,
                    timeLimit: ConfigurationPlace.timeLimit)
            else { return nil }
            let words = String(decoding: output, as: UTF8.self).split(
                whereSeparator: \.isWhitespace)
            guard words.count == 2, let seconds = Int(words[1]) else { return nil }
            return ClockCheck.Event(
                what: "commit \(words[0].prefix(12)) was made",
                moment: Timestamp(secondsSinceEpoch: seconds))
        }
    }
}
