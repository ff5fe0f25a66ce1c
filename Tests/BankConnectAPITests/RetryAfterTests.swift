@testable import BankConnectAPI
import FoundationEssentials
import Testing

struct RetryAfterTests {
    /// 1994-11-06T08:49:37Z, the date of the RFC's examples.
    private let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(arguments: [
        ("0", 0), ("1", 1), ("007", 7), ("59", 59), ("60", 60), ("61", 60), ("1000000000", 60),
        ("9223372036854775808", 60), ("-1", 0), ("-99999999999999999999", 0), (" 5 ", 5),
        ("\t5\t", 5),
    ])
    func `seconds are honoured from 0 to 60`(header: String, seconds: Int) {
        #expect(RetryAfter.wait(header, now: now) == .seconds(seconds))
    }

    @Test func `a number of 400 digits is a long wait`() {
        let header = "1" + String(repeating: "0", count: 400)
        #expect(RetryAfter.wait(header, now: now) == .seconds(60))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:49:49 GMT", 12),
        ("Sun, 06 Nov 1994 08:51:00 GMT", 60), ("Sun, 06 Nov 1994 08:49:36 GMT", 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 60),
    ])
    func `a date is honoured from now to in a minute`(header: String, seconds: Int) {
        #expect(RetryAfter.wait(header, now: now) == .seconds(seconds))
    }

    @Test(arguments: [
        "", " ", "-", "+5", "5s", "1.5", "1e3", "0x10", "５", "soon", "5, 6",
        "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 999999999999999999999 08:49:37 GMT", "Sun, 6 Nov -1 8:49:37 GMT",
        "Sun,  06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ])
    func `garbage asks for nothing`(header: String) {
        #expect(RetryAfter.wait(header, now: now) == nil)
    }
}
