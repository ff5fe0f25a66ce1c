import BankhookModel

/// A configuration that somebody edits between applies.
struct Fleet {
    /// What all environments of one account want: they may not differ.
    private struct Account {
        var flow: Flow
        var baseURL: String
        var url: Int
        var mode: Int
        var token: Int
    }

    private struct Member {
        let number: Int
        var account: Int
        var isDeclared = true
        var isReasserted: Bool
        let probe: ProbeMode
    }

    private static let hosts = BaseURL.knownHosts.map { "https://\($0)" }
    private let chance: Chance
    private var accounts: [Account]
    private var members: [Member]

    init(_ chance: Chance) {
        self.chance = chance
        accounts = (0..<3).map { number in
            Account(
                flow: chance.isOne(in: 4) ? .session : .entity, baseURL: Fleet.hosts[number % 2],
                url: 0, mode: chance.below(2), token: 0)
        }
        let count = chance.isOne(in: 8) ? 10 : 1 + chance.below(chance.element(of: [3, 3, 5]))
        members = (0..<count).map { number in
            Member(
                number: number, account: chance.below(3), isReasserted: chance.isOne(in: 4),
                probe: chance.element(of: [.off, .off, .warn, .require]))
        }
    }

    var count: Int { members.count }

    /// A few edits, or none.
    mutating func edit() {
        for _ in 0..<chance.below(4) {
            let account = chance.below(accounts.count)
            let member = chance.below(members.count)
            switch chance.below(8) {
            case 0, 1: accounts[account].url = chance.below(3)
            case 2, 3: accounts[account].mode = chance.below(2)
            case 4: accounts[account].token += 1
            case 5: members[member].account = account
            case 6: members[member].isDeclared.toggle()
            default: accounts[account].baseURL = chance.element(of: Fleet.hosts)
            }
        }
    }

    /// What the configuration declares, sorted by name.
    func desired() throws -> [DesiredEnvironment] {
        try members.filter(\.isDeclared).map(desired)
    }

    private func desired(_ member: Member) throws -> DesiredEnvironment {
        let account = accounts[member.account]
        return try SimulatedEnvironment(
            number: member.number, account: member.account, flow: account.flow,
            baseURL: account.baseURL, url: account.url, mode: account.mode, token: account.token,
            isReasserted: member.isReasserted, probe: member.probe
        ).desired()
    }
}
