internal import BankhookModel
internal import BankhookState

extension BranchBatch {
    /// Keeps the outcomes in the clone whose records on the branch cannot be read: BankConnect has
    /// them, and once the records are mended they can be pushed. Returns what to answer.
    ///
    /// `base` is a commit that has their intents.
    func keepAside(
        through pusher: BranchPusher, on base: String,
        _ text: ([(what: String, names: [EnvironmentName])]) -> CommitText
    ) async -> [EnvironmentName: Ticket.Answer] {
        guard !unplaced.isEmpty else { return [:] }
        var answers = [EnvironmentName: Ticket.Answer]()
        do throws(StateError) {
            try await pusher.keepAside(
                unplaced.map { BranchChange(file: "\($0.name).json", bytes: $0.bytes) }, on: base,
                text([("applied", unplaced.map(\.name))]))
            for (name, _, error) in unplaced {
                let damage = BranchError.unreadable(words: "\(error)", wayOut: error.wayOut)
                answers[name] = .failure(.branch(.notPushed(damage)))
            }
        } catch {
            for (name, _, _) in unplaced { answers[name] = .failure(error) }
        }
        return answers
    }
}
