import BankhookModel

/// A configuration whose environments all have an account of their own, edited between applies.
struct BranchFleet {
    private struct Member {
        var url = 0
        var mode: Int
        var token = 0
        var isDeclared = true
        let probe: ProbeMode
    }

    private let chance: Chance
    private var members: [Member]

    init(_ chance: Chance) {
        self.chance = chance
        members = (0..<(1 + chance.below(4))).map { _ in
            Member(
                mode: chance.below(2), probe: chance.element(of: [.off, .off, .warn, .require]))
        }
    }

    mutating func edit() {
        for _ in 0..<chance.below(4) {
            let number = chance.below(members.count)
            switch chance.below(6) {
            case 0, 1: members[number].url = chance.below(3)
            case 2, 3: members[number].mode = chance.below(2)
            case 4: members[number].token += 1
            default: members[number].isDeclared.toggle()
            }
        }
    }

    /// What one process is to apply: everything, or one part of it.
    func desired(isWhole: Bool) throws -> [DesiredEnvironment] {
        try members.enumerated().filter { $1.isDeclared && (isWhole || chance.isOne(in: 2)) }
            .map { number, member in
                try SimulatedEnvironment(
                    number: number, account: number, url: member.url, mode: member.mode,
                    token: member.token, probe: member.probe
                ).desired()
            }
    }
}
