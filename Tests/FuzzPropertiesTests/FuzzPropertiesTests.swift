import FuzzProperties
import Testing

/// The properties that `Tests/Fuzz/run.sh` lets libFuzzer attack, over its seeds and a few thousand
/// texts made of them: always the same ones.
@Suite struct FuzzPropertiesTests {
    /// Something that reads text from outside, what must hold for it, and how many texts it is given.
    struct Target: CustomTestStringConvertible, Sendable {
        let name: String
        let count: Int
        let violation: @Sendable ([UInt8]) -> String?
        let accepts: @Sendable ([UInt8]) -> Bool

        var testDescription: String { name }
    }

    private static let targets = [
        Target(
            name: "yaml", count: 1_000, violation: YAMLProperty.violation,
            accepts: YAMLProperty.accepts),
        Target(
            name: "url", count: 4_000, violation: URLProperty.violation,
            accepts: URLProperty.accepts),
        Target(
            name: "state", count: 1_000, violation: StateProperty.violation,
            accepts: StateProperty.accepts),
    ]

    @Test(arguments: targets)
    func `what must hold for any text holds for every seed`(target: Target) throws {
        for (name, bytes) in try Corpus.seeds(of: target.name) {
            #expect(target.violation(bytes) == nil, "\(name)")
        }
    }

    @Test(arguments: targets)
    func `a seed is accepted or refused as its name says`(target: Target) throws {
        for (name, bytes) in try Corpus.seeds(of: target.name) where !name.hasPrefix("host") {
            let isFine = name.hasPrefix("valid") || name.hasPrefix("reformatted")
            #expect(target.accepts(bytes) == isFine, "\(name)")
        }
    }

    @Test(arguments: targets)
    func `it holds for texts that are made of the seeds`(target: Target) throws {
        var random = SeededGenerator(seed: 1)
        let seeds = try Corpus.seeds(of: target.name).map(\.bytes)
        for _ in 0..<target.count {
            let first = try #require(seeds.randomElement(using: &random))
            let second = try #require(seeds.randomElement(using: &random))
            let text = Mutation.change(first, with: second, by: &random)
            if let violation = target.violation(text) {
                Issue.record("\(violation)\n\(String(decoding: text, as: UTF8.self))")
            }
        }
    }
}
