import Testing

/// Applies, imports, moves and removals one after the other, and a death in each of them.
@Suite struct SequenceTests {
    @Test(arguments: Start.allCases, Command.allCases)
    func `no death in three commands loses or doubles a record`(
        start: Start, first: Command
    ) async throws {
        let found = try await beside {
            var walk = SequenceWalk()
            try walk.run(from: start, first: first, length: 3)
            return (
                problems: walk.problems, sequences: walk.sequences, deaths: walk.deaths,
                unfinishedMoves: walk.unfinishedMoves
            )
        }
        #expect(found.problems == [])
        #expect(found.sequences >= 16)
        #expect(found.deaths >= 16)
        if first == .move, start == .applied || start == .inDoubt {
            #expect(found.unfinishedMoves > 0)
        }
    }
}
