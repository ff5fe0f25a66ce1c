import BankhookPlan
import Testing

@testable import BankhookCommands

/// The comment for a pull request and its size.
@Suite struct MarkdownDocumentTests {
    static let marker = CommentMarker(command: .plan, id: nil)

    private func markdown(_ plan: Plan) -> String {
        PlanReport(plan: plan).markdown.text(after: MarkdownDocumentTests.marker)
    }

    @Test func `a plan shows refusals, warnings and changes, and counts the rest`() throws {
        try Snapshot.expect(markdown(try PlanFixture.plan()), is: "plan.md")
    }

    @Test func `a plan of three environments is short`() throws {
        try Snapshot.expect(markdown(try PlanFixture.fleet(of: 3)), is: "plan-3.md")
    }

    @Test func `a plan of a thousand environments is cut and says so`() throws {
        let text = markdown(try PlanFixture.fleet(of: 1_000))
        #expect(text.utf8.count < 65_000)
        #expect(text.utf8.count > 60_000)
        let shown = text.split(separator: "\n").count { $0.hasPrefix("- `+`") }
        #expect(text.hasSuffix("Left out, to fit into a comment: \(1_000 - shown) changes.\n"))
        try Snapshot.expect(text, is: "plan-1000.md")
    }

    @Test(arguments: [0, 1, 100, 5_000, 70_000])
    func `no size of entry makes it too long`(size: Int) {
        let entry = String(repeating: "é", count: size)
        let section = MarkdownDocument.Section(
            title: "**T**", noun: "entry", entries: Array(repeating: entry, count: 2_000))
        let document = MarkdownDocument(heading: "H", sections: [section, section, section])
        let text = document.text(after: MarkdownDocumentTests.marker)
        #expect(text.utf8.count < 65_000)
        #expect(text.hasPrefix("<!-- bankhook-plan -->\n### H\n"))
        #expect(text.contains("Left out") == (size > 1))
    }

    @Test func `many refusals leave room for warnings and changes`() {
        func section(_ noun: String) -> MarkdownDocument.Section {
            MarkdownDocument.Section(
                title: "**\(noun)**", noun: noun,
                entries: Array(repeating: String(repeating: noun, count: 20), count: 2_000))
        }
        let text = MarkdownDocument(
            heading: "H", sections: ["refusal", "warning", "change"].map(section)
        ).text(after: MarkdownDocumentTests.marker)
        for noun in ["refusal", "warning", "change"] {
            #expect(text.contains("- \(noun)"))
            #expect(text.contains(" \(noun)s"))
        }
    }

    @Test(arguments: [
        "x -->", "a b", "<", "ü", "", String(repeating: "a", count: 65), "a/b", "a\n",
    ])
    func `an id that could leave the comment is refused`(id: String) {
        #expect(throws: (any Error).self) { try CommentMarker.parseID(id) }
    }

    @Test func `the first line names the command and the id`() throws {
        let id = try CommentMarker.parseID("team-a.prod_1")
        #expect(
            CommentMarker(command: .apply, id: id).line == "<!-- bankhook-apply:team-a.prod_1 -->")
    }
}
