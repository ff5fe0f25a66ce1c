internal import BankhookModel

/// What orphans have to do with declared environments: whose account an orphan's record is of, and
/// which new name it may have got (specification, section 4).
///
/// Fingerprints are keyed by each record's lineage, so that every pair costs a computation: their
/// number is bounded, and what was left out is counted.
struct OrphanMatches {
    /// The declared environment that uses an orphan's account, by the orphan's name.
    private(set) var users: [EnvironmentName: EnvironmentName] = [:]
    /// What may be the record of a declared name without one, by that name.
    private(set) var hints: [EnvironmentName: MoveHint] = [:]
    /// How many orphans were not compared with every account that is at hand.
    private(set) var uncompared = 0

    /// How many pairs are compared beside those of `firstTries`.
    private static let limit = 20_000
    /// How many declared names of an orphan's own registration are tried first.
    private static let firstTries = 16

    /// Where an account is, without its credentials.
    private struct Place: Hashable {
        let baseURL: BaseURL
        let flow: Flow

        init(_ registration: Registration) {
            baseURL = registration.baseURL
            flow = registration.flow
        }
    }

    /// A declared environment whose credentials are at hand.
    private struct Candidate {
        let name: EnvironmentName
        let credentials: Credentials
        let registration: Registration
        let isRecorded: Bool

        func uses(_ account: Fingerprint, of lineage: Lineage) -> Bool {
            account
                == .account(
                    baseURL: registration.baseURL, flow: registration.flow,
                    credentials: credentials, lineage: lineage)
        }
    }

    /// One environment for each account, by where it is.
    private var accounts: [Place: [Candidate]] = [:]
    /// The declared names without a record, by what they want.
    private var unrecorded: [Registration: ArraySlice<Candidate>] = [:]
    /// Those among them whose credentials are not at hand.
    private var withoutCredentials: [Registration: [EnvironmentName]] = [:]
    private var comparisons = 0

    /// Orphans and environments come sorted by name; `records` are those of the environments, in
    /// their order.
    init(orphans: [Record], desired: [DesiredEnvironment], records: [Record?]) {
        guard !orphans.isEmpty else { return }
        index(desired, records)
        var unmatched = [Registration: [EnvironmentName]]()
        for orphan in orphans where !match(orphan) {
            guard let registration = orphan.applied?.registration else { continue }
            unmatched[registration, default: []].append(orphan.environment)
        }
        for (registration, names) in withoutCredentials {
            guard let orphans = unmatched[registration] else { continue }
            let hint: MoveHint =
                orphans.count == 1
                ? .orphan(orphans[0], isAccountCompared: false) : .oneOf(orphans.count)
            for name in names { hints[name] = hint }
        }
    }

    private mutating func index(_ desired: [DesiredEnvironment], _ records: [Record?]) {
        var seen = [Place: Set<Credentials>]()
        for (environment, record) in zip(desired, records) {
            let registration = environment.environment.registration
            guard let credentials = environment.secrets?.credentials else {
                if record == nil {
                    withoutCredentials[registration, default: []].append(environment.name)
                }
                continue
            }
            let candidate = Candidate(
                name: environment.name, credentials: credentials, registration: registration,
                isRecorded: record != nil)
            if !candidate.isRecorded { unrecorded[registration, default: []].append(candidate) }
            let place = Place(registration)
            if seen[place, default: []].insert(credentials).inserted {
                accounts[place, default: []].append(candidate)
            }
        }
    }

    /// Whether a declared environment uses the account of an orphan's registration or intent.
    private mutating func match(_ orphan: Record) -> Bool {
        if let applied = orphan.applied, let name = takeUnrecorded(like: applied, orphan.lineage) {
            users[orphan.environment] = name
            hints[name] = .orphan(orphan.environment, isAccountCompared: true)
            return true
        }
        var sides = [(place: Place, account: Fingerprint)]()
        if let applied = orphan.applied {
            sides.append((Place(applied.registration), applied.account))
        }
        if let pending = orphan.pending, pending.account != orphan.applied?.account {
            sides.append((Place(pending.registration), pending.account))
        }
        for side in sides {
            for candidate in accounts[side.place] ?? [] {
                guard comparisons < OrphanMatches.limit else {
                    uncompared += 1
                    return false
                }
                comparisons += 1
                guard candidate.uses(side.account, of: orphan.lineage) else { continue }
                users[orphan.environment] = candidate.name
                if !candidate.isRecorded, hints[candidate.name] == nil,
                    candidate.registration == orphan.applied?.registration
                {
                    hints[candidate.name] = .orphan(orphan.environment, isAccountCompared: true)
                }
                return true
            }
        }
        return false
    }

    /// Takes the first of the declared names without a record that wants the same at the same
    /// account: no other orphan gets it. Fleets are renamed in order, so that few are tried.
    private mutating func takeUnrecorded(like applied: Record.Applied, _ lineage: Lineage)
        -> EnvironmentName?
    {
        let found = unrecorded[applied.registration]?.prefix(OrphanMatches.firstTries)
            .firstIndex { $0.uses(applied.account, of: lineage) }
        guard let found else { return nil }
        // In place: a copy for each orphan would be quadratic.
        return { candidates in
            candidates.swapAt(found, candidates.startIndex)
            return candidates.removeFirst().name
        }(&unrecorded[applied.registration, default: []])
    }
}
