internal import BankhookDelivery
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState

/// Why what a source tells says nothing of this run's URL by the end of the wait.
enum WatchDoubt: Equatable, Sendable {
    /// Another run has registered something else meanwhile, or may have, or dropped the record.
    case replaced
    /// Another environment was registered at the same URL meanwhile, or may have been.
    case shared(EnvironmentName)
    /// The records could not be read again: either may be.
    case unread(String)

    /// Nil where the records still say what this run has recorded, and of nobody else at its URL.
    static func find(
        of registered: WatchedApply.Registered, beside desired: DesiredState,
        in store: any StateStore
    ) async -> WatchDoubt? {
        let records: [Record]
        do throws(StateErrors) {
            records = try await store.records().map(\.record)
        } catch {
            return .unread(error.errors.map { "\($0)" }.joined(separator: "; "))
        }
        if let own = registered.record,
            !isSame(own, records.first { $0.environment == own.environment })
        {
            return .replaced
        }
        return TakenURL.all(desired, records).first {
            $0.name != registered.change.name && $0.isAt(registered.change)
        }.map { .shared($0.name) }
    }

    private static func isSame(_ own: Record, _ now: Record?) -> Bool {
        guard let now, now.pending == nil, now.lineage == own.lineage else { return false }
        return now.applied?.registration == own.applied?.registration
            && now.applied?.account == own.applied?.account
            && now.applied?.webhookSecrets == own.applied?.webhookSecrets
    }

    func problem(of name: EnvironmentName) -> WatchProblem {
        switch self {
        case .replaced:
            WatchProblem(
                "another run has changed the record of \(name) meanwhile",
                hint: "bankhook state show \(name) tells what stands now")
        case .shared(let other):
            WatchProblem(
                "'\(other)' was registered at the same URL meanwhile",
                hint: "give each a path of its own; bankhook state show \(other) tells since when")
        case .unread(let reason):
            WatchProblem(
                "the records could not be read again to see whether another run has changed them: "
                    + reason,
                hint: "bankhook state show \(name) tells what stands now")
        }
    }
}

extension WatchEnd {
    /// The same end where what arrived, or did not, says nothing of this run's URL.
    func doubted(_ doubt: WatchDoubt, of name: EnvironmentName) -> WatchEnd {
        if case .interrupted = outcome { return self }
        return WatchEnd(.lost(doubt.problem(of: name)), after: elapsed)
    }
}
