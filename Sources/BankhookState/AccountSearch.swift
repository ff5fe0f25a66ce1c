package import BankhookModel

/// Finds out whose account an intent is of, whatever its record is called: another configuration may
/// declare the same account under another name.
///
/// Fingerprints are keyed by each record's lineage, so that every account costs a computation for
/// every lineage: once, however often it is asked.
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
    private var answers: [Question: EnvironmentName?] = [:]

    package init(_ accounts: [EnvironmentName: Account]) {
        var seen = Set<Account>()
        for (name, account) in accounts.sorted(by: { $0.key < $1.key })
        where seen.insert(account).inserted {
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
        let place = Place(
            baseURL: pending.registration.baseURL, flow: pending.registration.flow)
        let found = accounts[place]?.first {
            $0.account.fingerprint(record.lineage) == pending.account
        }
        answers.updateValue(found?.name, forKey: question)
        return found?.name
    }
}
