internal import BankhookModel
internal import BankhookState
internal import SystemCalls

/// Wishes of one run, judged by what a tip of the branch holds: what is to be changed there, and what
/// each wish is answered when that has arrived.
struct BranchBatch {
    private let holder: LockHolder
    /// This run's intents, as they were written but for their leases.
    private let intents: [EnvironmentName: Record]
    private let reader: RecordReader
    private(set) var changes: [BranchChange] = []
    /// In the order in which the wishes were added.
    private(set) var answers: [Ticket.Answer] = []
    /// Environments whose intent this run does not hold any more, and why.
    private(set) var lost: [EnvironmentName: BranchError] = [:]
    /// Outcomes that find no record in their place that could be read.
    private(set) var unplaced: [(name: EnvironmentName, bytes: [UInt8], error: StateError)] = []
    /// What is done and to whom, for the commit's subject.
    private(set) var summary: [(what: String, names: [EnvironmentName])] = [
        ("applied", []), ("taken back", []), ("in doubt", []), ("renewed", []), ("recorded", []),
        ("removed", []),
    ]

    private enum Part: Int {
        case applied, takenBack, inDoubt, renewed, recorded, removed
    }

    /// Whether it changes what an intent came to.
    var hasOutcomes: Bool {
        [Part.applied, .takenBack].contains { !summary[$0.rawValue].names.isEmpty }
    }

    init(holder: LockHolder, intents: [EnvironmentName: Record], reader: RecordReader) {
        self.holder = holder
        self.intents = intents
        self.reader = reader
    }

    /// A record that cannot be read stands in the way of nobody's outcome but its own.
    mutating func add(_ wish: BranchWish) {
        switch wish {
        case .renewal: answers.append(.success(()))
        case .outcome(let name, let bytes):
            let isUnreadable = answer { batch throws(StateError) in
                let now = try batch.reader.read(name)
                if now?.bytes == bytes { return }
                guard batch.isOwn(now?.decoded) else {
                    // Another run in this clone found it there, pushed it, and went on from it.
                    guard !BranchBatch.follows(now?.decoded.record, bytes, name) else { return }
                    throw .branch(.takenOver(by: now?.decoded.record.pending?.holder))
                }
                batch.append(name, bytes, .applied)
            }
            if let error = isUnreadable { unplaced.append((name, bytes, error)) }
        case .restoration(let name, let bytes):
            answer { batch throws(StateError) in
                let now = try batch.reader.read(name)
                // Where the intent is this run's no more there is nothing of it to take back.
                guard now?.bytes != bytes, batch.isOwn(now?.decoded) else { return }
                batch.append(name, bytes, .takenBack)
            }
        case .replacement(let name, let bytes, let expected):
            answer { batch throws(StateError) in
                try batch.replace(name, bytes, expected: expected)
            }
        case .relocation(let old, let new):
            answer { batch throws(StateError) in
                try batch.replace(new.name, new.bytes, expected: new.expected)
                try batch.replace(old.name, nil, expected: old.expected)
            }
        }
    }

    private mutating func replace(
        _ name: EnvironmentName, _ bytes: [UInt8]?, expected: [UInt8]?
    ) throws(StateError) {
        let now = try reader.read(name)?.bytes
        if now == bytes { return }
        guard now == expected else { throw .branch(.superseded([name])) }
        append(name, bytes, bytes == nil ? .removed : .recorded)
    }

    /// Takes all of what a body wants, or nothing. Returns why a record could not be read.
    @discardableResult
    private mutating func answer(_ body: (inout BranchBatch) throws(StateError) -> Void)
        -> StateError?
    {
        var next = self
        do throws(StateError) {
            try body(&next)
            self = next
            answers.append(.success(()))
            return nil
        } catch {
            answers.append(.failure(error))
            if case .branch = error { return nil }
            return error
        }
    }

    /// Whether a record stands on an outcome: its settled version came right after that.
    private static func follows(_ record: Record?, _ bytes: [UInt8], _ name: EnvironmentName)
        -> Bool
    {
        guard let record, let outcome = try? RecordCodec.decode(bytes, as: name),
            record.lineage == outcome.record.lineage
        else { return false }
        return [record.previous, record.pending?.settled].contains(outcome.checksum)
    }

    /// Lets others in where this run leaves doubt.
    mutating func endLeases(of names: Set<EnvironmentName>) {
        for name in names.sorted() {
            guard let now = current(name), isOwn(now), now.record.pending?.expiresAt != nil else {
                continue
            }
            append(name, RecordCodec.encode(now.record.leased(until: nil)), .inDoubt)
        }
    }

    /// Gives an environment up whose account another run has taken under another name.
    mutating func lose(_ name: EnvironmentName, to holder: LockHolder) {
        lost[name] = .takenOver(by: holder)
    }

    /// Gives this run's intents another end of their lease. One whose lease was ended by somebody
    /// stays as it is, and is lost.
    mutating func renew(_ names: Set<EnvironmentName>, until end: Timestamp) {
        for name in names.sorted() where lost[name] == nil {
            let now = current(name)
            guard let now, isOwn(now) else {
                lost[name] = .takenOver(by: now?.record.pending?.holder)
                continue
            }
            guard now.record.pending?.expiresAt != nil else {
                lost[name] = .leaseEnded
                continue
            }
            append(name, RecordCodec.encode(now.record.leased(until: end)), .renewed)
        }
    }

    /// Nil where there is none, or none that can be read: then it is not this run's.
    private func current(_ name: EnvironmentName) -> DecodedRecord? {
        try? reader.read(name)?.decoded
    }

    /// Whether it holds this run's intent, on the record that it was made for.
    private func isOwn(_ decoded: DecodedRecord?) -> Bool {
        guard let record = decoded?.record, record.pending?.holder.id == holder.id else {
            return false
        }
        return intents[record.environment] == record.leased(until: nil)
    }

    private mutating func append(_ name: EnvironmentName, _ bytes: [UInt8]?, _ part: Part) {
        changes.append(BranchChange(file: "\(name).json", bytes: bytes))
        summary[part.rawValue].names.append(name)
    }
}
