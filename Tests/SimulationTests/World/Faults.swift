/// What goes wrong in one apply.
struct Faults {
    /// The process dies here.
    var crash: Moment?
    /// How much of the operation in which it dies happens; chance decides where it is nil.
    var crashExtent: DiskFate.Extent?
    /// A signal comes here.
    var interruption: Moment?
    /// Disk operations that fail.
    var failing: Set<Moment> = []
    /// From this disk operation on there is no space for new files.
    var fullFrom: Int?
    /// How many answers are not what the vendor promises.
    var badAnswers = 0

    static let none = Faults()

    /// Any mixture, for an apply of so many environments.
    static func some(_ chance: Chance, environments count: Int) -> Faults {
        var faults = Faults()
        faults.badAnswers = chance.element(of: [0, 20, 50, 90])
        if chance.hits(percent: 50) { faults.crash = moment(chance, count) }
        if chance.hits(percent: 20) { faults.interruption = moment(chance, count) }
        if chance.hits(percent: 30) {
            for _ in 0...chance.below(3) { faults.failing.insert(diskMoment(chance, count)) }
        }
        if chance.hits(percent: 15) { faults.fullFrom = 1 + chance.below(2 + 9 * count) }
        return faults
    }

    private static func moment(_ chance: Chance, _ count: Int) -> Moment {
        switch chance.below(5) {
        case 0: .request(1 + chance.below(count + 1))
        case 1: .job(1 + chance.below(30 * count))
        default: diskMoment(chance, count)
        }
    }

    private static func diskMoment(_ chance: Chance, _ count: Int) -> Moment {
        guard count > 5 || chance.isOne(in: 2) else {
            return .diskOperation(1 + chance.below(4 + 10 * count))
        }
        let operation =
            count > 5 && chance.isOne(in: 2)
            ? .syncAll : chance.element(of: DiskOperation.allCases)
        return .disk(operation, 1 + chance.below(operation == .syncAll ? 2 : 2 * count))
    }
}

extension Faults: CustomStringConvertible {
    /// The same for the same seed: a set has no order.
    var description: String {
        "crash \(text(crash)), signal \(text(interruption)), full from \(text(fullFrom)), "
            + "failing \(failing.map { "\($0)" }.sorted()), \(badAnswers) % bad answers"
    }

    private func text<Value>(_ value: Value?) -> String {
        value.map { "\($0)" } ?? "none"
    }
}
