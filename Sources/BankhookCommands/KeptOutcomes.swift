internal import BankhookGitStore
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState

/// Outcomes of earlier applies that this clone has and the branch has not: the next apply starts from
/// records that a plan does not see.
struct KeptOutcomes: Sendable {
    let warnings: [PlanWarning]
    /// The environments whose records they would change.
    private let names: [EnvironmentName]

    /// Asks the clone of a git store; a directory keeps none. Nothing is pushed.
    init(in store: any StateStore) async {
        guard let store = store as? GitStore else {
            (warnings, names) = ([], [])
            return
        }
        do throws(StateErrors) {
            let outcomes = try await store.keptOutcomes().filter(\.fate.changesRecord)
            names = outcomes.map(\.name)
            warnings = outcomes.map { KeptOutcomes.warning(about: $0, on: store.name) }
        } catch {
            names = []
            warnings = error.errors.map { error in
                PlanWarning(.outcomeKept, nil, "\(error); \(error.wayOut)")
            }
        }
    }

    private static func warning(about outcome: RecoveredOutcome, on branch: String)
        -> PlanWarning
    {
        let message =
            outcome.fate == .doubted
            ? "\(branch) went back to before an apply whose outcome is kept in this clone only: bankhook "
                + "state push, or the next apply here, puts its intent back, and it is sent again"
            : "the outcome of an apply is kept in this clone and not on \(branch): bankhook state push, or "
                + "the next apply here, records it"
        return PlanWarning(.outcomeKept, outcome.name, message)
    }

    /// Whether one would change what is planned for.
    func changes(_ planning: Planning) -> Bool {
        names.contains { name in
            planning.isTargeted(name) && planning.options.shard?.contains(name) != false
        }
    }
}
