/// What goes wrong in one process that works on a shared branch.
struct BranchFaults {
    /// The process dies in this operation of its clone, counted from 1.
    var death: Int?
    /// It is stopped in this operation, for so long.
    var stop: (operation: Int, length: Duration)?
    /// A signal comes in this operation.
    var signal: Int?
    /// From this operation on the remote takes no push.
    var refusedFrom: Int?
    /// How many operations of the remote go wrong, of a hundred.
    var badOperations = 0
    /// How many answers are not what the vendor promises, of a hundred.
    var badAnswers = 0
    /// How wrong the wall clock is, in seconds.
    var clockError = 0

    static let none = BranchFaults()

    /// Any mixture, where a lease is so long.
    static func some(_ chance: Chance, lease: Int) -> BranchFaults {
        var faults = BranchFaults()
        faults.badOperations = chance.element(of: [0, 0, 10, 30, 60])
        faults.badAnswers = chance.element(of: [0, 20, 60])
        if chance.hits(percent: 30) { faults.death = 1 + chance.below(25) }
        if chance.hits(percent: 35) {
            faults.stop = (4 + chance.below(12), .seconds(lease + chance.below(2 * lease)))
        }
        if chance.hits(percent: 15) { faults.refusedFrom = 6 + chance.below(8) }
        if chance.hits(percent: 15) { faults.signal = 1 + chance.below(30) }
        // Two clocks may be a fifth of a lease apart.
        if chance.hits(percent: 40) {
            faults.clockError = chance.below(lease / 5 + 1) - lease / 10
        }
        return faults
    }
}

extension BranchFaults: CustomStringConvertible {
    var description: String {
        "death \(death.map { "\($0)" } ?? "none"), stop \(stop.map { "\($0)" } ?? "none"), "
            + "signal \(signal.map { "\($0)" } ?? "none"), "
            + "refused from \(refusedFrom.map { "\($0)" } ?? "none"), clock \(clockError), "
            + "\(badOperations) % bad operations, \(badAnswers) % bad answers"
    }
}
