package import BankhookModel

/// Finds out whose account an intent is of, whatever its record is called: another configuration may
/// declare the same account under another name.
///
/// Fingerprints are keyed by each record's lineage. One whose name is declared with the account that it
/// is of costs one computation: the rest of a fleet that others apply at the same time. For any other
/// every account is tried, once, however often it is asked.
package struct AccountSearch {
    /// Where an account is, which a record says openly.
    private struct Place: Hashable {
        let baseURL: BaseURL
        let flow: Flow
    }

    private struct Question: Hashable {
        let lineage: Lineage
        let account: Fingerprint
    }

    /// One environment for each account.
    private var accounts: [Place: [(name: EnvironmentName, account: Account)]] = [:]
    private var names: [Account: EnvironmentName] = [:]
    private let declared: [EnvironmentName: Account]
    private var answers: [Question: EnvironmentName?] = [:]

    /// `declared` are the accounts that the configuration gives names to, wanted here or not.
    package init(
        _ accounts: [EnvironmentName: Account], declared: [EnvironmentName: Account] = [:]
    ) {
        self.declared = declared
        for (name, account) in accounts.sorted(by: { $0.key < $1.key })
        where names[account] == nil {
            names[account] = name
            let place = Place(baseURL: account.baseURL, flow: account.flow)
            self.accounts[place, default: []].append((name, account))
        }
    }

    package var isEmpty: Bool { accounts.isEmpty }

    /// The environment whose account a record's intent is of; nil where it is of none of them.
    package mutating func environment(of record: Record) -> EnvironmentName? {
        guard let pending = record.pending else { return nil }
        let question = Question(lineage: record.lineage, account: pending.account)
        if let known = answers[question] { return known }
        if let own = declared[record.environment],
            own.fingerprint(record.lineage) == pending.account
        {
            return names[own]
        }
        let place = Place(
            baseURL: pending.registration.baseURL, flow: pending.registration.flow)
        let found = accounts[place]?.first {
            $0.account.fingerprint(record.lineage) == pending.account
        }
        answers.updateValue(found?.name, forKey: question)
        return found?.name
    }
}
