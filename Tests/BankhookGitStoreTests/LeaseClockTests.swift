import BankhookGitStore
import BankhookModel
import Testing

struct LeaseClockTests {
    private let clock = LeaseClock(
        TimeSpan(seconds: 600), at: HandTime.start, elapsed: .seconds(50))

    private func later(_ seconds: Int) -> Timestamp {
        Timestamp(secondsSinceEpoch: HandTime.start.secondsSinceEpoch + seconds)
    }

    @Test func `it ends its length after it was taken`() {
        #expect(clock.expiry == later(600))
    }

    @Test func `a request may start while its time-out and a tenth of the lease are left`() {
        #expect(
            clock.allowsRequest(lasting: .seconds(30), at: later(509), elapsed: .seconds(50 + 510)))
    }

    @Test func `none may start later by the clock that only goes forward`() {
        #expect(
            !clock.allowsRequest(
                lasting: .seconds(30), at: later(0),
                elapsed: .seconds(50 + 510) + .milliseconds(1)))
    }

    @Test func `none may start later by the wall clock, which shows whole seconds only`() {
        #expect(!clock.allowsRequest(lasting: .seconds(30), at: later(510), elapsed: .seconds(50)))
        #expect(clock.allowsRequest(lasting: .seconds(30), at: later(509), elapsed: .seconds(50)))
    }

    @Test func `a clock that went back gives no more time`() {
        #expect(
            !clock.allowsRequest(
                lasting: .seconds(30), at: later(-10_000), elapsed: .seconds(50 + 600)))
    }
}
