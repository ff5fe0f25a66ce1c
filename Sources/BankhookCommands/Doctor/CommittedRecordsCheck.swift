internal import BankhookApply
internal import BankhookHistory
internal import BankhookModel
internal import Git

/// Does git have the records as they are here?
struct CommittedRecordsCheck {
    /// What HEAD says of them.
    enum Answer: Sendable {
        /// `gone` are those that HEAD has, and that are gone here; `uncommitted` those that are not in
        /// HEAD as they are here.
        case known(gone: [EnvironmentName], uncommitted: [EnvironmentName])
        /// There is no HEAD, or none that would have records.
        case none
        case untold(GitError)
    }

    let answer: Answer
    let directory: String

    init(_ answer: Answer, directory: String) {
        self.answer = answer
        self.directory = directory
    }

    /// Asks git about the records of a directory; on a branch they are committed anyway.
    init(directory: String, records: [EnvironmentName], git: Git, isOnBranch: Bool) async {
        self.directory = directory
        guard !isOnBranch else {
            answer = .none
            return
        }
        do throws(GitError) {
            let committed = try await CommittedRecords.read(directory: directory, git: git)
            answer =
                committed.map {
                    .known(gone: $0.gone, uncommitted: $0.uncommitted(among: records))
                } ?? .none
        } catch {
            answer = .untold(error)
        }
    }

    /// What git says is searched for secrets.
    func findings(secrets: [Secret]) -> [DoctorFinding] {
        switch answer {
        case .none: []
        case .untold(let error):
            [
                .unchecked(
                    .state,
                    "git does not tell which records HEAD has: "
                        + ForeignText(CommittedRecordsCheck.words(error), secrets: secrets).shown,
                    next: "see what git status says in \(directory)")
            ]
        case .known(let gone, let uncommitted):
            [
                finding(
                    "record_removed", gone, "gone here, while HEAD has a record",
                    next: "\(wayBack(gone)), unless they were dropped on purpose: then commit that"),
                finding(
                    "record_uncommitted", uncommitted, "not committed as it stands here",
                    next: "commit and push \(directory), after each apply"),
            ].compactMap(\.self)
        }
    }

    /// What can be said of history where the directory is not there.
    var placeWithoutDirectory: HistoryDepthCheck.Place {
        switch answer {
        case .none: .nothing
        case .known(let gone, _): gone.isEmpty ? .nothing : .gone
        case .untold: .untold
        }
    }

    /// Those files and no others: a record beside them may be newer than HEAD.
    private func wayBack(_ gone: [EnvironmentName]) -> String {
        guard gone.count <= 10 else { return "take each back: git checkout HEAD -- FILE" }
        return ShellText.command(
            ["git", "checkout", "HEAD", "--"] + gone.map { "\(directory)/\($0).json" })
    }

    private func finding(_ code: String, _ names: [EnvironmentName], _ what: String, next: String)
        -> DoctorFinding?
    {
        guard !names.isEmpty else { return nil }
        return .warning(
            .state, code, "\(what): \(DoctorText.list(names.map(\.text)))", next: next)
    }

    private static func words(_ error: GitError) -> String {
        switch error {
        case .notFound: "there is no git program on the PATH"
        case .timedOut: "it took too long"
        case .tooMuchOutput: "it answered more than bankhook reads"
        case .unusable(let words), .failed(let words):
            words.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it failed"
        }
    }
}
