internal import BankhookHistory
internal import BankhookModel

/// Lays the events of a timeline out: a lane for each environment, over real time.
struct LaneLayout {
    let scale: TimeScale
    /// The environments of which something was told last come first.
    let lanes: [Lane]

    /// Marks nearer to each other than this share one, in hundredths of the width.
    private static let nearest = 1.1

    /// What happened in a lane.
    private struct Point {
        let event: Int
        let moment: Timestamp
        let shape: MarkShape
        let state: Lane.State
    }

    init(_ timeline: RecordTimeline, now: Timestamp) {
        let scale = TimeScale(timeline.events.map { $0.moment(now) }, now: now)
        var points = [EnvironmentName: [Point]]()
        var movedTo = [EnvironmentName: EnvironmentName]()
        // Oldest first; equal times keep the order of the commits.
        for (number, event) in timeline.events.enumerated().reversed() {
            let moment = event.moment(now)
            points[event.environment, default: []].append(
                Point(
                    event: number, moment: moment, shape: MarkShape(event),
                    state: LaneLayout.state(after: event)))
            movedTo[event.environment] = nil
            if let former = event.formerName {
                points[former, default: []].append(
                    Point(event: number, moment: moment, shape: .moved, state: .nothing))
                movedTo[former] = event.environment
            }
        }
        let records = Dictionary(
            timeline.current.map { ($0.environment, $0) }, uniquingKeysWith: { first, _ in first })
        self.scale = scale
        lanes = Set(points.keys).union(records.keys).map { name in
            let ordered = LaneLayout.ordered(points[name] ?? [])
            let newest = ordered.map(\.event).min() ?? timeline.events.count
            return Lane(
                name: name, bands: LaneLayout.bands(ordered, on: scale),
                marks: LaneLayout.marks(ordered, on: scale), record: records[name],
                newest: newest, movedTo: movedTo[name])
        }.sorted { ($0.newest, $0.name) < ($1.newest, $1.name) }
    }

    private static func ordered(_ points: [Point]) -> [Point] {
        points.enumerated().sorted { left, right in
            (left.element.moment, left.offset) < (right.element.moment, right.offset)
        }.map(\.element)
    }

    private static func state(after event: RecordEvent) -> Lane.State {
        switch event.kind {
        case .forgotten: .nothing
        case .damaged, .unread: .unreadable
        default:
            if event.after?.pending != nil {
                .inDoubt
            } else {
                event.after?.applied.map { .registered($0.registration.mode) } ?? .nothing
            }
        }
    }

    private static func bands(_ points: [Point], on scale: TimeScale) -> [Lane.Band] {
        var bands = [Lane.Band]()
        for (index, point) in points.enumerated() where point.state != .nothing {
            let start = scale.position(point.moment)
            let end =
                index + 1 < points.count ? scale.position(points[index + 1].moment) : 100
            guard end > start else { continue }
            if let last = bands.last, last.state == point.state, last.end == start {
                bands[bands.count - 1] = .init(start: last.start, end: end, state: last.state)
            } else {
                bands.append(.init(start: start, end: end, state: point.state))
            }
        }
        return bands
    }

    private static func marks(_ points: [Point], on scale: TimeScale) -> [Lane.Mark] {
        var groups = [[Point]]()
        for point in points {
            let position = scale.position(point.moment)
            if let first = groups.last?.first, position - scale.position(first.moment) < nearest {
                groups[groups.count - 1].append(point)
            } else {
                groups.append([point])
            }
        }
        return groups.compactMap { group in
            guard let last = group.last,
                let shape = group.map(\.shape).max(by: { $0.weight < $1.weight })
            else { return nil }
            return Lane.Mark(
                position: scale.position(last.moment), shape: shape,
                events: group.reversed().map(\.event))
        }
    }
}

extension RecordEvent {
    /// When its commit was made; what no commit has is as of now.
    func moment(_ now: Timestamp) -> Timestamp { commit?.committedAt ?? now }
}
