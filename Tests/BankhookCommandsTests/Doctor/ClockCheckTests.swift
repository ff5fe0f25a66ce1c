import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct ClockCheckTests {
    private func finding(_ ahead: Int...) -> DoctorFinding {
        let events = ahead.enumerated().map { number, seconds in
            ClockCheck.Event(
                what: "event \(number) happened",
                moment: Timestamp(
                    secondsSinceEpoch: DoctorFixture.now.secondsSinceEpoch + seconds))
        }
        return ClockCheck(now: DoctorFixture.now, events: events).finding
    }

    @Test func `an earlier clock is an error that names both moments`() {
        let found = finding(-50, 7_300)
        #expect(found.code == "clock_behind")
        #expect(found.status == .error)
        #expect(
            found.message
                == "2026-11-18T11:06:40Z is 2 hours before 2026-11-18T13:08:20Z, when event 1 "
                + "happened")
    }

    @Test func `a clock that is a little off is none, as for a plan`() {
        #expect(finding(300).status == .ok)
        #expect(finding(301).status == .error)
    }

    @Test func `nothing to compare with is not ok`() {
        #expect(finding().code == "not_checked")
        #expect(finding().status == .warning)
    }
}
