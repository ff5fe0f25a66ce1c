import Testing

@testable import BankConnectEmulator

@Suite struct RecentListTests {
    @Test func `the oldest are forgotten, and numbers stay`() {
        var list = RecentList<Int>(limit: 3)
        let numbers = (0..<5).map { list.append($0 * 10) }
        #expect(numbers == [0, 1, 2, 3, 4])
        #expect(list.all == [20, 30, 40])
        #expect(list[1] == nil)
        #expect(list[4] == 40)
        list[0] = 7
        list[3] = 31
        #expect(list.all == [20, 31, 40])
        #expect(list.newest(2) == [40, 31])
        #expect(list.total == 5)
    }

    @Test func `large elements leave room for fewer, and the newest always stays`() {
        var list = RecentList<Int>(limit: 100, weightLimit: 10)
        for number in 0..<4 { _ = list.append(number, weight: 4) }
        #expect(list.all == [2, 3])
        _ = list.append(4, weight: 50)
        #expect(list.all == [4])
        _ = list.append(5, weight: 1)
        #expect(list.all == [5])
    }

    @Test func `a ledger forgets the oldest value of all`() {
        var ledger = Ledger<String, Int>(limit: 3)
        for (key, value) in [("a", 1), ("b", 2), ("a", 3), ("b", 4), ("b", 5)] {
            ledger.append(value, for: key)
        }
        #expect(ledger["a"] == [3])
        #expect(ledger["b"] == [4, 5])
        #expect(ledger.changeFirst(of: "b", where: { $0 > 4 }, { $0 += 1 }) == 6)
        #expect(ledger["b"] == [4, 6])
        #expect(ledger.changeFirst(of: "c", where: { _ in true }, { _ in }) == nil)
    }
}
