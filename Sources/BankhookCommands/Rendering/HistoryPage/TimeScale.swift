internal import BankhookModel

/// Where moments stand on a page, in hundredths of its width.
struct TimeScale {
    let start: Timestamp
    let end: Timestamp

    /// What is kept free on both sides, so that a mark at the end is whole.
    private static let margin = 1.5
    /// Less than this is stretched to it, in seconds.
    private static let shortest = 3_600

    /// From the first moment to now, or to the last one where a clock went ahead.
    init(_ moments: [Timestamp], now: Timestamp) {
        end = max(moments.max() ?? now, now)
        let first = min(moments.min() ?? now, now)
        let latestStart = Timestamp(
            secondsSinceEpoch: end.secondsSinceEpoch - TimeScale.shortest)
        start = min(first, latestStart)
    }

    private var seconds: Int { end.seconds(since: start) }

    func position(_ moment: Timestamp) -> Double {
        let share = Double(moment.seconds(since: start)) / Double(seconds)
        return TimeScale.margin + share * (100 - 2 * TimeScale.margin)
    }

    // MARK: Ticks

    /// A moment that the axis names.
    struct Tick {
        let position: Double
        let label: String
    }

    private static let steps = [
        60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 86_400, 2 * 86_400, 7 * 86_400,
        14 * 86_400, 30 * 86_400, 91 * 86_400, 182 * 86_400, 365 * 86_400,
    ]
    private static let mostTicks = 7

    /// At most seven, at round moments in UTC.
    var ticks: [Tick] {
        var step = TimeScale.steps.first { seconds / $0 <= TimeScale.mostTicks } ?? seconds / 6
        step = max(step, 1)
        let first = (start.secondsSinceEpoch / step + 1) * step
        return stride(from: first, to: end.secondsSinceEpoch, by: step).map { second in
            let moment = Timestamp(secondsSinceEpoch: second)
            return Tick(position: position(moment), label: label(moment, step: step))
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func label(_ moment: Timestamp, step: Int) -> String {
        let text = moment.description
        if step < 86_400 { return String(text.dropFirst(11).prefix(5)) }
        let month = Int(text.dropFirst(5).prefix(2)).flatMap { number in
            TimeScale.months.indices.contains(number - 1) ? TimeScale.months[number - 1] : nil
        }
        let day = Int(text.dropFirst(8).prefix(2)) ?? 0
        if step < 30 * 86_400 { return "\(day) \(month ?? "")" }
        return "\(month ?? "") \(text.prefix(4))"
    }
}
