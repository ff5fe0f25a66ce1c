internal import BankhookModel
internal import BankhookPlan

/// Is this machine's clock at least not behind what is known to have happened?
struct ClockCheck {
    /// Something with a date.
    struct Event: Sendable {
        /// Such as `production was recorded`.
        let what: String
        let moment: Timestamp
    }

    let now: Timestamp
    /// What is known to have happened.
    let events: [Event]

    var finding: DoctorFinding {
        guard let newest = events.max(by: { $0.moment < $1.moment }) else {
            return .unchecked(
                .clock, "there is no record and no commit to compare \(now) with",
                next: "compare it with another clock once")
        }
        let ahead = newest.moment.seconds(since: now)
        guard ahead > Planner.clockTolerance else {
            return .ok(.clock, "\(now), not before \(newest.what) at \(newest.moment)")
        }
        return .error(
            .clock, "clock_behind",
            "\(now) is \(ClockCheck.span(ahead)) before \(newest.moment), when \(newest.what)",
            next: "set this machine's clock; if it is right, see which machine's was wrong")
    }

    private static func span(_ seconds: Int) -> String {
        switch seconds {
        case ..<7_200: DoctorText.count(seconds / 60, "minute")
        case ..<172_800: DoctorText.count(seconds / 3_600, "hour")
        default: DoctorText.count(seconds / 86_400, "day")
        }
    }

    /// The newest moment that records hold.
    static func newest(of records: [Record]) -> Event? {
        let events = records.flatMap { record in
            [record.applied?.appliedAt, record.pending?.holder.startedAt].compactMap(\.self).map {
                Event(what: "\(record.environment) was recorded", moment: $0)
            }
        }
        return events.max { $0.moment < $1.moment }
    }
}
