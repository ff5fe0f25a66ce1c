import BankhookHistory
import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct HistoryRenderingTests {
    private static let gap = VerifyReport.Gap(
        message: "history is not shown, or not all of it: this clone is shallow",
        hint: "fetch all of it", status: .incomplete)

    @Test func `a history is read commit by commit, newest first`() throws {
        let report = try HistoryFixture.report()
        try Snapshot.expect(
            HistoryRendering(report, now: HistoryFixture.now).text, is: "history.txt")
    }

    @Test func `a history as data leaves nothing out`() throws {
        try Snapshot.expect(HistoryJSON.text(try HistoryFixture.report()), is: "history.json")
    }

    @Test func `a history as a page`() throws {
        let page = HistoryPage(try HistoryFixture.report(), now: HistoryFixture.now)
        try Snapshot.expect(page.text, is: "history.html")
    }

    @Test func `what could not be seen is said in every form`() throws {
        let report = try HistoryFixture.report(gap: HistoryRenderingTests.gap)
        let text = HistoryRendering(report, now: HistoryFixture.now).text
        #expect(text.contains("warning: history is not shown, or not all of it"))
        #expect(text.hasSuffix("(history incomplete).\n"))
        #expect(HistoryJSON.text(report).contains(#""status": "incomplete""#))
        let page = HistoryPage(report, now: HistoryFixture.now).text
        #expect(page.contains("Not everything is shown."))
        #expect(page.contains("this clone is shallow"))
    }

    @Test func `a page allows its own style and nothing else`() throws {
        let page = HistoryPage(try HistoryFixture.report(), now: HistoryFixture.now).text
        let policy = try #require(page.firstMatch(of: /content="(default-src[^"]*)"/)).1
        #expect(
            policy == "default-src 'none'; style-src '\(PageStyle.hash)'; base-uri 'none'; "
                + "form-action 'none'")
        #expect(!page.contains("<script"))
        #expect(page.firstMatch(of: /\sstyle=|\son[a-z]+=|src=|url\((?!#)|@import/) == nil)
        #expect(page.matches(of: /href="(?!#)/).isEmpty)
    }

    @Test func `a large fleet stays one page of a few megabytes that says what it leaves out`()
        throws
    {
        let page = HistoryPage(try HistoryFixture.fleet(of: 1_000), now: HistoryFixture.now).text
        #expect(page.utf8.count < 3_000_000)
        #expect(page.matches(of: /<svg class="lane"/).count == LaneList.mostCount)
        #expect(page.contains("600 more environments are not drawn"))
        #expect(page.contains("1000 older events are left out"))
        #expect(page.matches(of: /<details>/).count == 2)
    }

    @Test func `what somebody wrote is no markup, wherever it stands`() throws {
        let hostile = #"</bdi><script>alert(1)</script>"'&]]><img src=x onerror=y>"#
        let commit = HistoryFixture.commit(
            daysAgo: 1, author: hostile, email: hostile, subject: hostile, run: hostile)
        let record = try HistoryFixture.record(
            "production", 1, url: "https://hooks.lender.example/?a='&b=]]")
        let event = RecordEvent(
            .damaged, of: record.environment, in: commit, before: record, problem: hostile)
        let report = HistoryReport(
            timeline: RecordTimeline(coverage: .complete, events: [event], current: [record]),
            name: nil, gap: .init(message: hostile, hint: hostile, status: .incomplete),
            isHistoryRequired: false)
        let page = HistoryPage(report, now: HistoryFixture.now).text
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        #expect(!page.contains("'&b"))
        #expect(page.matches(of: /&lt;script&gt;alert/).count == 7)
    }
}
