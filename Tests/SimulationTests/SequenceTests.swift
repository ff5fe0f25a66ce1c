import Testing

/// Applies, imports, moves and removals one after the other, and a death in each of them.
@Suite struct SequenceTests {
    @Test(arguments: Start.allCases, Command.allCases)
    func `no death in three commands loses or doubles a record`(start: Start, first: Command) throws
    {
        var walk = SequenceWalk()
        try walk.run(from: start, first: first, length: 3)
        #expect(walk.problems == [])
        #expect(walk.sequences >= 16)
        #expect(walk.deaths >= 16)
        if first == .move, start == .applied || start == .inDoubt {
            #expect(walk.unfinishedMoves > 0)
        }
    }
}
