import Testing

@testable import BankhookCommands

@Suite struct StateNotesTests {
    @Test func `changed files are named, and nothing is said of none`() {
        #expect(StateNotes.changed([]).isEmpty)
        #expect(
            StateNotes.changed(["s/a.json"]) == "state files changed; commit them:\n  s/a.json\n")
    }

    @Test(arguments: [(20, 21, nil), (21, 22, "  and 1 more in the same folder"), (300, 22, nil)])
    func `a large fleet's files do not fill the screen`(files: Int, lines: Int, last: String?) {
        let text = StateNotes.changed((0..<files).map { "bankhook.state/\($0).json" })
        let shown = text.split(separator: "\n")
        #expect(shown.count == lines)
        if let last { #expect(shown.last == last[...]) }
    }
}
