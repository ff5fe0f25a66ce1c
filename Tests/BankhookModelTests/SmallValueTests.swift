import BankhookModel
import FoundationEssentials
import Testing

@Suite struct SmallValueTests {
    @Test(arguments: [
        ("30s", 30), ("5m", 300), ("24h", 86_400), ("7d", 604_800), ("1s", 1),
        ("999999999d", 86_399_999_913_600),
    ])
    func `a length of time is a whole number and a unit`(text: String, seconds: Int) {
        let span = TimeSpan(text)
        #expect(span?.seconds == seconds)
        #expect(span?.description == text)
        #expect(span?.duration == .seconds(seconds))
    }

    @Test(arguments: [
        "", "s", "0s", "30", "-1s", "+1s", "1.5h", "1 h", "1S", "1w", "1ms", "5min", "1h30m",
        "0x1s", "٣s", "5\u{301}s",
        "1000000000s", " 1s", "1s ", "1s\n",
    ])
    func `anything else is no length of time`(text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test func `a length of time in seconds says so`() {
        #expect("\(TimeSpan(seconds: 30))" == "30s")
    }

    @Test(
        arguments: [
            ("0", 0, 0), ("5", 5, 5), ("999999999", 999_999_999, 999_999_999), ("0%", nil, 0),
            ("30%", nil, 30),
            ("100%", nil, 100),
        ] as [(String, Int?, Int)])
    func `a limit is a count, or a percentage that takes effect from 10 recorded on`(
        text: String, ofNine: Int?, ofHundred: Int
    ) {
        let limit = ChangeLimit(text)
        #expect(limit?.description == text)
        #expect(limit?.allowed(recorded: 9) == ofNine)
        #expect(limit?.allowed(recorded: 100) == ofHundred)
    }

    @Test(arguments: [(10, 3), (11, 4), (13, 4), (14, 5), (100_000, 30_000)])
    func `a percentage is rounded up`(recorded: Int, allowed: Int) {
        #expect(ChangeLimit("30%")?.allowed(recorded: recorded) == allowed)
    }

    @Test(arguments: [
        "", "%", "-1", "+1", "01", "00", "1.5", "101%", "1%%", "% 1", "5 %", "1000000000", "five",
        "1e2", "٣", "0x1",
    ])
    func `anything else is no limit`(text: String) {
        #expect(ChangeLimit(text) == nil)
    }

    @Test(arguments: [
        ("a", "A"), ("uat", "UAT"), ("eu-west.1_x", "EU_WEST_1_X"), ("0", "0"),
        (String(repeating: "a", count: 63), String(repeating: "A", count: 63)), ("lock", "LOCK"),
        ("a.lockx", "A_LOCKX"),
    ])
    func `an environment's name is accepted and has its upper-case form`(
        text: String, upper: String
    ) {
        #expect(EnvironmentName(text)?.upperCased == upper)
        #expect(EnvironmentName(text)?.description == text)
    }

    @Test(arguments: [
        "", "A", "Uat", "-a", "a-", ".a", "a.", "_a", "a_", "a..b", "a.lock", "a/b", "../a", "a b",
        "é", "a\n", "a\u{0}",
        "\u{212A}", "a\u{301}", String(repeating: "a", count: 64), "..", ".",
    ])
    func `a name that could not name a file everywhere is refused`(text: String) {
        #expect(EnvironmentName(text) == nil)
    }

    @Test func `names are in byte order`() throws {
        let names = try ["a_b", "a.b", "a-b", "ab", "a", "a0"].map {
            try #require(EnvironmentName($0))
        }
        #expect(names.sorted().map(\.text) == ["a", "a-b", "a.b", "a0", "a_b", "ab"])
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-23T04:12:09Z", 1_795_407_129),
        ("2000-02-29T23:59:59Z", 951_868_799),
        ("1969-12-31T23:59:59Z", -1), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func `a moment is printed as it was read`(text: String, seconds: Int) {
        let moment = Timestamp(text)
        #expect(moment?.secondsSinceEpoch == seconds)
        #expect(Timestamp(secondsSinceEpoch: seconds).description == text)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T04:12:09", "2026-11-23T04:12:09+00:00",
        "2026-11-23 04:12:09Z",
        "2026-11-23t04:12:09z", "2026-13-23T04:12:09Z", "2026-02-29T00:00:00Z",
        "2026-11-31T04:12:09Z",
        "2026-11-23T24:00:00Z", "2026-11-23T04:60:09Z", "2026-11-23T04:12:60Z",
        "2026-11-23T04:12:9.Z",
        "2026-11-23T04:12:0٩Z", "+026-11-23T04:12:09Z", "20260-1-23T04:12:09Z",
    ])
    func `anything but that one form is no moment`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `a moment is the date that Foundation makes of it`() {
        // Steps that meet every month and hour, over the Gregorian years of Foundation's calendar.
        for seconds in stride(from: -11_676_096_000, to: 253_402_300_800, by: 17_280_007) {
            let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            let moment = Timestamp(secondsSinceEpoch: seconds)
            #expect(moment.description == text)
            #expect(Timestamp(text) == moment)
        }
    }

    @Test func `a moment's fraction is dropped, and moments have an order`() {
        let early = Timestamp(Date(timeIntervalSince1970: 1.9))
        let late = Timestamp(secondsSinceEpoch: 5)
        #expect(early.secondsSinceEpoch == 1)
        #expect(Timestamp(Date(timeIntervalSince1970: -0.5)).secondsSinceEpoch == -1)
        #expect(early < late)
        #expect(late.seconds(since: early) == 4)
        #expect(early.seconds(since: late) == -4)
    }

    @Test(arguments: [
        ("0f0c6f6e-5d1b-4c8e-9a51-3f2b7c9d1e00", true),
        ("0F0C6F6E-5D1B-4C8E-9A51-3F2B7C9D1E00", false),
        ("0f0c6f6e5d1b4c8e9a513f2b7c9d1e00", false), ("0f0c6f6e-5d1b-4c8e-9a51-3f2b7c9d1e0", false),
        ("0f0c6f6e-5d1b-4c8e-9a513-f2b7c9d1e00", false),
        ("0f0c6f6e-5d1b-4c8e-9a51-3f2b7c9d1e0g", false),
        ("0f0c6f6e-5d1b-4c8e-9a51-3f2b7c9d1e00-", false), ("", false), ("\n", false),
    ])
    func `a lineage is a lower-case UUID`(text: String, isLineage: Bool) {
        #expect((Lineage(text)?.description == text) == isLineage)
    }

    @Test func `a checksum is a prefix and 64 lower-case digits`() {
        let digits = String(repeating: "0123456789abcdef", count: 4)
        #expect(Checksum("sha256:\(digits)") == Checksum(sha256: digits))
        #expect("\(Checksum(sha256: digits))" == "sha256:\(digits)")
        for text in [
            "", digits, "sha256:", "sha256:\(digits)0", "sha256:\(digits.dropLast())",
            "sha512:\(digits)",
            "SHA256:\(digits)", "sha256:\(digits.uppercased())", "sha256:\(digits.dropLast())g",
            "sha256:\(digits)\n",
        ] {
            #expect(Checksum(text) == nil, "\(text)")
        }
    }

    @Test func `the session flow knows one mode more`() {
        #expect(WebhookMode.modes(of: .entity).map(\.rawValue) == [0, 1])
        #expect(WebhookMode.modes(of: .session).map(\.rawValue) == [0, 1, 3])
        #expect(
            WebhookMode.modes(of: .session).map(\.description)
                == ["net_banking (0)", "net_banking_and_manual (1)", "all (3)"])
    }

    @Test(
        arguments: [
            (.register, true), (.update, true), (.reassert, true), (.unchanged, false),
            (.orphaned, false),
        ] as [(Action, Bool)])
    func `a request leaves for changes only`(action: Action, sends: Bool) {
        #expect(action.sends == sends)
    }

    @Test func `a lock's holder is named with its run, where there is one`() {
        let holder = LockHolder(
            id: "x", host: "ci", process: 7, run: nil, startedAt: Timestamp(secondsSinceEpoch: 0))
        #expect("\(holder)" == "ci pid 7 since 1970-01-01T00:00:00Z")
        let other = LockHolder(
            id: "x", host: "ci", process: 7, run: "https://ci.example/1",
            startedAt: holder.startedAt)
        #expect("\(other)" == "ci pid 7 since 1970-01-01T00:00:00Z (https://ci.example/1)")
        #expect(
            holder.starting(at: Timestamp(secondsSinceEpoch: 9)).startedAt.secondsSinceEpoch == 9)
    }
}
