internal import BankhookGitStore
internal import BankhookModel
internal import BankhookState
internal import JSONSyntax

extension BranchReport.Done {
    /// What became of kept outcomes; `elsewhere` tells that more are kept for another remote, branch
    /// or path.
    static func pushed(_ outcomes: [RecoveredOutcome], elsewhere: BranchError?) -> Self {
        var done = BranchReport.Done(
            action: "pushed", environments: outcomes.map(\.name),
            text: outcomes.isEmpty
                ? "nothing is kept in this clone"
                : outcomes.map(\.description).joined(separator: "\n"))
        let fates = outcomes.map { outcome -> JSONValue in
            [
                "environment": .string(outcome.name.text),
                "fate": .string(outcome.fate.rawValue),
            ]
        }
        done.details = [.init(key: "outcomes", value: .array(fates))]
        done.note = elsewhere.map { "error: \($0); \($0.wayOut)" }
        let isDone = elsewhere == nil && !outcomes.contains { $0.fate == .doubted }
        done.status = isDone ? .done : .incomplete
        return done
    }
}
