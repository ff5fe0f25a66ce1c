import BankhookDelivery
import BankhookModel
import Testing

/// How long a watch waits, and what it says at its end.
struct DeliveryWatchTests {
    private static let problem = WatchProblem("it answered 503", hint: "look")
    private static let nothing = DeliveryLook.nothing(passedOver: 0)

    private static func wait(
        _ looks: [DeliveryLook], within limit: Int, _ time: ManualTime = ManualTime(),
        interruption: Interruption = Interruption()
    ) async -> WatchEnd {
        await DeliveryWatch(
            ScriptedSource(looks), time: time.runTime, interruption: interruption
        ).wait(within: .seconds(limit)) { _ in }
    }

    @Test func `the first delivery ends it at once`() async {
        let time = ManualTime()
        let end = await Self.wait(
            [Self.nothing, Self.nothing, .delivered(.counted), Self.nothing], within: 600, time)
        #expect(end == WatchEnd(.delivered(.counted), after: .seconds(2)))
        #expect(time.pauses == [.seconds(1), .seconds(1)])
    }

    @Test func `silence is told when the time is over, after a last look at its end`() async {
        let time = ManualTime()
        let end = await Self.wait(
            [Self.nothing, Self.nothing, .nothing(passedOver: 3)], within: 2, time)
        #expect(end == WatchEnd(.silent(passedOver: 3), after: .seconds(2)))
        let late = await Self.wait([Self.nothing, Self.nothing, .delivered(.counted)], within: 2)
        #expect(late.outcome == .delivered(.counted))
    }

    @Test func `looks that fail are repeated, and one that sees nothing is silence`() async {
        let end = await Self.wait(
            [.failed(Self.problem), .failed(Self.problem), Self.nothing], within: 2)
        #expect(end.outcome == .silent(passedOver: 0))
        let found = await Self.wait([.failed(Self.problem), .delivered(.counted)], within: 2)
        #expect(found.outcome == .delivered(.counted))
    }

    @Test func `where the last look failed it is no silence`() async {
        let end = await Self.wait([Self.nothing, .failed(Self.problem)], within: 5)
        #expect(end == WatchEnd(.notLooked(Self.problem), after: .seconds(5)))
    }

    @Test func `a lost baseline ends it at once`() async {
        let end = await Self.wait([Self.nothing, .lost(Self.problem)], within: 600)
        #expect(end == WatchEnd(.lost(Self.problem), after: .seconds(1)))
    }

    @Test func `a signal ends it at once, before and between looks`() async {
        let early = Interruption()
        early.request(signal: 15)
        let end = await Self.wait([.delivered(.counted)], within: 600, interruption: early)
        #expect(end == WatchEnd(.interrupted, after: .zero))
        let late = Interruption()
        let source = ScriptedSource([Self.nothing]) { late.request(signal: 2) }
        let between = await DeliveryWatch(
            source, time: ManualTime().runTime, interruption: late
        ).wait(within: .seconds(600)) { _ in }
        #expect(between.outcome == .interrupted)
        #expect(between.elapsed <= .seconds(1))
    }

    @Test func `how long it waited is shown before each pause`() async {
        var shown = [Duration]()
        _ = await DeliveryWatch(
            ScriptedSource([Self.nothing]), time: ManualTime().runTime,
            interruption: Interruption()
        ).wait(within: .seconds(2)) { shown.append($0) }
        #expect(shown == [.zero, .seconds(1)])
    }
}
