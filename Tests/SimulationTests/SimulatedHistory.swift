/// What is left of a simulated history when it is over.
protocol SimulatedHistory: SendableMetatype {
    associatedtype Counted: RawRepresentable & CaseIterable & Hashable & Sendable
    where Counted.RawValue == String

    var counters: [Counted: Int] { get }
    var violations: [String] { get }
    var trace: [String] { get }
}

extension World: SimulatedHistory {}
extension BranchWorld: SimulatedHistory {}
