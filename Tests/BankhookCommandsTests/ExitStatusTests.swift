import Testing

@testable import BankhookCommands

@Suite struct ExitStatusTests {
    /// The order of the specification, section 5: signal, 3, 4, 5, 1, 74; 2 only alone.
    private static let order: [BankhookCommands.ExitStatus] = [
        .signal(15), .incomplete, .locked, .refused, .error, .outputNotWritten, .wouldSend, .done,
    ]

    @Test func `the stronger status wins, whichever comes first`() {
        for (index, stronger) in Self.order.enumerated() {
            for weaker in Self.order[index...] {
                #expect(stronger.and(weaker) == stronger)
                #expect(weaker.and(stronger) == stronger)
            }
        }
    }

    @Test(arguments: zip(order, [143, 3, 4, 5, 1, 74, 2, 0] as [Int32]))
    func `each status has its number`(status: BankhookCommands.ExitStatus, code: Int32) {
        #expect(status.code == code)
    }

    @Test(arguments: zip([2, 15, 1] as [Int32], [130, 143, 129] as [Int32]))
    func `a signal ends as shells say it`(number: Int32, code: Int32) {
        #expect(BankhookCommands.ExitStatus.signal(number).code == code)
    }
}
