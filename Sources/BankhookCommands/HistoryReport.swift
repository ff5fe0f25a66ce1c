internal import BankhookHistory
internal import BankhookModel

/// What `state history` reports: safe to print.
struct HistoryReport: Sendable {
    let timeline: RecordTimeline
    /// The environment that it was limited to.
    let name: EnvironmentName?
    let gap: VerifyReport.Gap?
    /// A gap is an error then.
    let isHistoryRequired: Bool

    /// The gap as an error, where history is required.
    var problem: CommandFailure.Problem? {
        guard isHistoryRequired, let gap else { return nil }
        return .init(
            code: "history_incomplete",
            message: "policy.history requires all of the history: \(gap.message)", hint: gap.hint)
    }

    /// 1 where history is required and not all of it could be looked at.
    var status: ExitStatus { problem == nil ? .done : .error }

    /// How many commits brought what is told.
    var commitCount: Int { Set(timeline.events.compactMap(\.commit?.id)).count }

    /// How many environments it is about.
    var environmentCount: Int {
        Set(timeline.events.map(\.environment)).union(timeline.current.map(\.environment)).count
    }
}
