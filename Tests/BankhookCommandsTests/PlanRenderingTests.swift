import BankhookPlan
import Testing

@testable import BankhookCommands

@Suite struct PlanRenderingTests {
    @Test func `a plan shows what changes first and counts the rest`() throws {
        try Snapshot.expect(PlanRendering(try PlanFixture.plan()).text, is: "plan.txt")
    }

    @Test func `what is allowed already is not asked for`() throws {
        let plan = try PlanFixture.plan().lifting([.modeDowngrade, .protected])
        let text = PlanRendering(plan).text
        #expect(!text.contains("--allow"))
    }

    @Test func `unchanged environments are listed where that was asked for`() throws {
        let plan = try PlanFixture.plan()
        #expect(!PlanRendering(plan).text.contains("fresh: unchanged"))
        #expect(PlanRendering(plan, showsUnchanged: true).text.contains("fresh: unchanged"))
    }

    @Test func `a plan as data leaves nothing out`() throws {
        try Snapshot.expect(PlanJSON.text(try PlanFixture.plan()), is: "plan.json")
    }
}
