import BankhookModel
import Testing

/// `--shard I/N` (specification, section 6).
struct ShardTests {
    @Test(arguments: ["1/1", "1/2", "2/2", "07/16", "256/1000"])
    func `a part of so many is a shard`(text: String) {
        #expect(Shard(text) != nil)
    }

    @Test(arguments: [
        "", "/", "1", "0/1", "2/1", "1/0", "-1/2", "+1/2", "1/-2", "1/2/3", " 1/2", "1/2 ", "a/b",
        "1.0/2", "1/99999999999999999999",
    ])
    func `anything else is none`(text: String) {
        #expect(Shard(text) == nil)
    }

    @Test func `every name is in one of the parts, whatever the machine`() throws {
        let names = try (0..<500).map { try #require(EnvironmentName("partner-\($0)")) }
        let shards = try (1...4).map { try #require(Shard("\($0)/4")) }
        let sizes = shards.map { shard in names.count(where: shard.contains) }
        #expect(sizes.reduce(0, +) == names.count)
        #expect(names.allSatisfy { name in shards.count { $0.contains(name) } == 1 })
        // Equal but for chance: no part has twice as many as another one.
        #expect(sizes.allSatisfy { (90...170).contains($0) })
        // Runners of different releases share a fleet: the parts never change.
        #expect(
            try names.prefix(6).map { name in
                try #require(shards.first { $0.contains(name) }).index
            } == [3, 1, 2, 1, 2, 4])
    }
}
