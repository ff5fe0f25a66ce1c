package import BankhookModel
package import BankhookState
internal import Synchronization

/// One run's writing to the branch: intents in one commit, outcomes in another, and a lease between
/// them that is renewed (specification, section 6).
///
/// An outcome waits until every environment of the run has one, or the lease is renewed: then all
/// that wait share a commit.
package final class BranchSession: LockedStore {
    package let holder: LockHolder
    private let pusher: BranchPusher
    let branch: StateBranch
    let time: RunTime
    private let revision: String?
    /// The accounts that the configuration gives names to.
    let declared: [EnvironmentName: Account]
    private let state = Mutex(State())

    /// How many times a lease is renewed while it lasts.
    private static let renewals = 4

    /// `revision` is the configuration's commit, for the messages of commits.
    package init(
        holder: LockHolder, pusher: BranchPusher, branch: StateBranch, time: RunTime,
        revision: String? = nil, declared: [EnvironmentName: Account] = [:]
    ) {
        self.holder = holder
        self.pusher = pusher
        self.branch = branch
        self.time = time
        self.revision = revision
        self.declared = declared
    }

    package var intents: IntentPolicy { .whole }

    // MARK: Reading

    private var reader: RecordReader { reader(of: pusher.tip) }

    func reader(of tip: BranchTip) -> RecordReader {
        RecordReader(of: tip.files, on: branch)
    }

    package func records() throws(StateErrors) -> [DecodedRecord] {
        try reader.records()
    }

    package func snapshot(of name: EnvironmentName) throws(StateError) -> RecordSnapshot {
        let found = try reader.read(name)
        state.withLock { $0.shown[name] = .some(found?.bytes) }
        return RecordSnapshot(name: name, bytes: found?.bytes, decoded: found?.decoded)
    }

    package func requireFree(
        _ names: [EnvironmentName], of accounts: [EnvironmentName: Account]
    ) throws(StateError) {
        var claim = LeaseClaim(names, accounts: accounts, by: self)
        try claim.requireFree(at: pusher.tip)
    }

    // MARK: Intents

    package func begin(_ intents: [IntentRecord]) async throws(StateError) {
        guard !intents.isEmpty else { return }
        var lease: LeaseClock?
        let names = intents.map(\.name)
        var accounts = [EnvironmentName: Account]()
        for intent in intents { accounts[intent.name] = intent.account }
        var claim = LeaseClaim(names, accounts: accounts, by: self)
        try await pusher.push { tip throws(StateError) in
            try claim.requireFree(at: tip)
            let reader = reader(of: tip)
            var changed = [IntentRecord]()
            for intent in intents {
                let now = try reader.read(intent.name)
                // An earlier attempt may have arrived, though nobody said so.
                let isOwn = now?.decoded.record.pending?.holder.id == holder.id
                if now?.bytes != intent.snapshot.bytes, !isOwn { changed.append(intent) }
            }
            guard changed.isEmpty else { throw .branch(.superseded(changed.map(\.name))) }
            let clock = LeaseClock(branch.lease, at: time.now(), elapsed: time.elapsed())
            lease = clock
            return BranchPusher.Batch(
                intents.map { intent in
                    BranchChange(
                        file: file(intent.name),
                        bytes: RecordCodec.encode(intent.record.leased(until: clock.expiry)))
                },
                text([("pending", names)]))
        }
        state.withLock { state in
            state.open = Set(intents.map(\.name))
            for intent in intents { state.intents[intent.name] = intent.record.leased(until: nil) }
            state.lease = lease
            state.base = pusher.tip.id
            state.accounts = accounts
        }
    }

    package func prepareRequest(for name: EnvironmentName, lasting timeout: Duration)
        async throws(StateError)
    {
        if !allowsRequest(lasting: timeout) {
            // A renewal failed, or this process was stopped for a while.
            _ = await wish(.renewal)
        }
        if let error = state.withLock({ $0.lost[name] }) { throw .branch(error) }
        guard allowsRequest(lasting: timeout) else { throw .branch(.leaseEnded) }
    }

    private func allowsRequest(lasting timeout: Duration) -> Bool {
        guard let lease = state.withLock({ $0.lease }) else { return false }
        return lease.allowsRequest(lasting: timeout, at: time.now(), elapsed: time.elapsed())
    }

    // MARK: Outcomes

    package func write(_ record: Record, temporary id: String) async throws(StateError) {
        let name = record.environment
        // Its intent, again: the branch still holds it, or another run's.
        if record.pending?.holder.id == holder.id { return }
        let bytes = RecordCodec.encode(record)
        if close(name) {
            try await wish(.outcome(name, bytes)).get()
        } else {
            try await replace(name, by: bytes)
        }
    }

    package func restore(_ snapshot: RecordSnapshot, temporary id: String) async throws(StateError)
    {
        guard close(snapshot.name) else { return }
        try await wish(.restoration(snapshot.name, snapshot.bytes)).get()
    }

    package func remove(_ name: EnvironmentName) async throws(StateError) {
        try await replace(name, by: nil)
    }

    package func leave(_ name: EnvironmentName) async {
        let isLast = state.withLock { state in
            guard state.open.remove(name) != nil else { return false }
            state.doubtful.insert(name)
            return state.isDue
        }
        if isLast { await push() }
    }

    /// Whether the environment was open, which it is no more.
    private func close(_ name: EnvironmentName) -> Bool {
        state.withLock { $0.open.remove(name) != nil }
    }

    package func move(_ record: Record, from old: EnvironmentName, temporary id: String)
        async throws(StateError)
    {
        let bytes = RecordCodec.encode(record)
        let new = record.environment
        try await wish(
            .relocation(
                from: .init(name: old, bytes: nil, expected: shown(of: old)),
                to: .init(name: new, bytes: bytes, expected: shown(of: new)))
        ).get()
        state.withLock { state in
            state.shown[new] = .some(bytes)
            state.shown[old] = .some(nil)
        }
    }

    private func shown(of name: EnvironmentName) -> [UInt8]? {
        state.withLock { $0.shown[name] } ?? pusher.tip.files.bytes(of: file(name))
    }

    /// Puts another record, or none, in the place of the one that was shown: another run may have
    /// replaced that meanwhile.
    private func replace(_ name: EnvironmentName, by bytes: [UInt8]?) async throws(StateError) {
        try await wish(.replacement(name, bytes, expected: shown(of: name))).get()
        state.withLock { $0.shown[name] = .some(bytes) }
    }

    // MARK: Pushing

    /// Renews the lease while environments are open. Ends with its task.
    package func renew() async {
        while !Task.isCancelled {
            await time.pause(branch.lease.duration / BranchSession.renewals)
            if !Task.isCancelled, state.withLock({ !$0.open.isEmpty }) { await push() }
        }
    }

    /// Returns when the wish is on the branch, or when it cannot be.
    private func wish(_ wish: BranchWish) async -> Ticket.Answer {
        let ticket = Ticket(wish)
        let isDue = state.withLock { state in
            state.waiting.append(ticket)
            return state.isDue
        }
        if isDue { await push() }
        return await ticket.value()
    }

    /// Pushes what waits, one push at a time, as long as something is due.
    private func push() async {
        let isFree = state.withLock { state in
            defer { state.isPushing = true }
            return !state.isPushing
        }
        guard isFree else { return }
        repeat {
            await pushOnce()
        } while state.withLock { state in
            state.isPushing = state.isDue
            return state.isPushing
        }
    }

    private func pushOnce() async {
        let (tickets, open, doubtful, kept, intents) = state.withLock { state in
            (state.waiting, state.open, state.doubtful, state.kept, state.intents)
        }
        let (accounts, last) = state.withLock { ($0.accounts, $0.lease) }
        var batch = BranchBatch(
            holder: holder, intents: intents, reader: reader(of: pusher.tip))
        var lease: LeaseClock?
        do throws(StateError) {
            try await pusher.push(replacing: kept) { tip throws(StateError) in
                let clock = LeaseClock(branch.lease, at: time.now(), elapsed: time.elapsed())
                lease = clock
                batch = BranchBatch(holder: holder, intents: intents, reader: reader(of: tip))
                for ticket in tickets {
                    var claim = LeaseClaim(ticket.replacedNames, by: self)
                    try claim.requireFree(at: tip)
                    batch.add(ticket.wish)
                }
                for (name, taker) in taken(open, of: accounts, under: last, at: tip) {
                    batch.lose(name, to: taker)
                }
                batch.endLeases(of: doubtful)
                batch.renew(open, until: clock.expiry)
                return BranchPusher.Batch(
                    batch.changes, text(batch.summary), isKept: batch.hasOutcomes)
            }
            await settle(tickets, batch, doubtful, lease: open.isEmpty ? nil : lease)
        } catch {
            await fail(tickets, batch, because: error, isFinal: open.isEmpty)
        }
    }

    private func settle(
        _ tickets: [Ticket], _ batch: BranchBatch, _ doubtful: Set<EnvironmentName>,
        lease: LeaseClock?
    ) async {
        let aside = await aside(batch)
        state.withLock { state in
            state.waiting.removeFirst(tickets.count)
            state.doubtful.subtract(doubtful)
            state.lost.merge(batch.lost) { first, _ in first }
            state.kept = nil
            state.lease = lease ?? state.lease
        }
        for (ticket, answer) in zip(tickets, batch.answers) {
            ticket.answer(ticket.outcomeName.flatMap { aside[$0] } ?? answer)
        }
    }

    private func aside(_ batch: BranchBatch) async -> [EnvironmentName: Ticket.Answer] {
        guard let base = state.withLock({ $0.base }) else { return [:] }
        return await batch.keepAside(through: pusher, on: base, text)
    }

    /// What could not be pushed is tried again with the next push, where there is one.
    private func fail(
        _ tickets: [Ticket], _ batch: BranchBatch, because error: StateError, isFinal: Bool
    ) async {
        // What waits on is judged again with the next push.
        let aside = isFinal ? await aside(batch) : [:]
        let failed = state.withLock { state in
            let failed = isFinal ? tickets : tickets.filter(\.isRenewal)
            state.waiting.removeAll { ticket in failed.contains { $0 === ticket } }
            if isFinal { state.doubtful = [] }
            // What has its answer stays in the clone; what waits is in the next commit too.
            state.kept = isFinal ? nil : pusher.kept
            return failed
        }
        for ticket in failed {
            ticket.answer(ticket.outcomeName.flatMap { aside[$0] } ?? .failure(error))
        }
    }

    // MARK: Commits

    private func file(_ name: EnvironmentName) -> String { "\(name).json" }

    private func text(_ parts: [(what: String, names: [EnvironmentName])]) -> CommitText {
        CommitText(parts, run: holder.run, revision: revision)
    }
}
