import BankhookHistory
import BankhookModel
import Testing

@testable import BankhookCommands

/// A lane: stretches of one state, and marks on it.
@Suite struct LaneLayoutTests {
    private func layout(_ report: HistoryReport) -> LaneLayout {
        LaneLayout(report.timeline, now: HistoryFixture.now)
    }

    @Test func `a lane shows each state for as long as it was recorded`() throws {
        let layout = layout(try HistoryFixture.report())
        #expect(layout.lanes.map(\.name.text) == ["partner", "production", "old"])
        let production = try #require(layout.lanes.dropFirst().first)
        #expect(
            production.bands.map(\.state)
                == [.registered(.netBanking), .registered(.netBankingAndManual), .inDoubt])
        #expect(production.bands.first?.start == 1.5)
        #expect(production.bands.last?.end == 100)
        #expect(production.marks.map(\.shape) == [.registered, .modeUp, .reasserted, .doubt])
        let old = try #require(layout.lanes.last)
        #expect(old.bands.count == 1)
        #expect(old.bands.first?.end != 100)
        #expect(old.record == nil)
    }

    @Test func `positions follow time, and a clock that went ahead ends the scale`() {
        let now = HistoryFixture.now
        let later = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + 86_400)
        let earlier = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - 86_400)
        let scale = TimeScale([earlier, later], now: now)
        #expect(scale.position(earlier) == 1.5)
        #expect(scale.position(now) == 50)
        #expect(scale.position(later) == 98.5)
        #expect(TimeScale([now], now: now).position(now) == 98.5)
    }

    @Test(arguments: [1, 3_600, 86_400, 30 * 86_400, 400 * 86_400, 20 * 365 * 86_400])
    func `an axis has a few round moments`(seconds: Int) {
        let now = HistoryFixture.now
        let start = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - seconds)
        let ticks = TimeScale([start], now: now).ticks
        #expect((2...8).contains(ticks.count))
        #expect(ticks.allSatisfy { $0.position >= 1.5 && $0.position <= 98.5 })
    }

    @Test func `marks in one place are one mark with a count, the gravest in front`() throws {
        let name = try #require(EnvironmentName("production"))
        let first = try HistoryFixture.record("production", 1)
        let second = try HistoryFixture.record("production", 2)
        let events = [
            RecordEvent(.damaged, of: name, in: HistoryFixture.commit(daysAgo: 50), before: second),
            RecordEvent(
                .reasserted, of: name, in: HistoryFixture.commit(daysAgo: 50), before: first,
                after: second),
            RecordEvent(
                .registered, of: name, in: HistoryFixture.commit(daysAgo: 90), after: first),
        ]
        let timeline = RecordTimeline(coverage: .complete, events: events, current: [])
        let lane = try #require(LaneLayout(timeline, now: HistoryFixture.now).lanes.first)
        #expect(lane.marks.map(\.events) == [[2], [0, 1]])
        #expect(lane.marks.last?.shape == .damaged)
    }

    @Test func `a record that moved leaves its lane for another one`() throws {
        let old = try #require(EnvironmentName("old"))
        let before = try HistoryFixture.record("old", 1)
        let after = try HistoryFixture.record("new", 2)
        let events = [
            RecordEvent(
                .moved, of: after.environment, in: HistoryFixture.commit(daysAgo: 5),
                before: before, after: after, formerName: old),
            RecordEvent(.registered, of: old, in: HistoryFixture.commit(daysAgo: 9), after: before),
        ]
        let timeline = RecordTimeline(coverage: .complete, events: events, current: [after])
        let lanes = LaneLayout(timeline, now: HistoryFixture.now).lanes
        #expect(lanes.map(\.name.text) == ["new", "old"])
        #expect(lanes.last?.movedTo == after.environment)
        #expect(lanes.last?.marks.map(\.shape) == [.registered, .moved])
        #expect(lanes.last?.bands.last?.end == lanes.first?.bands.first?.start)
    }
}
