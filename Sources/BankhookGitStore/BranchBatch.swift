internal import BankhookModel
internal import BankhookState
internal import SystemCalls

/// Wishes of one run, judged by what a tip of the branch holds: what is to be changed there, and what
/// each wish is answered when that has arrived.
struct BranchBatch {
    private let holder: LockHolder
    private let reader: RecordReader
    private(set) var changes: [BranchChange] = []
    /// In the order in which the wishes were added.
    private(set) var answers: [Ticket.Answer] = []
    /// Environments whose intent this run does not hold any more, and why.
    private(set) var lost: [EnvironmentName: BranchError] = [:]
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

    init(holder: LockHolder, reader: RecordReader) {
        self.holder = holder
        self.reader = reader
    }

    mutating func add(_ wish: BranchWish) throws(StateError) {
        switch wish {
        case .renewal: answers.append(.success(()))
        case .outcome(let name, let bytes):
            let now = try reader.read(name)
            if now?.bytes == bytes { return answers.append(.success(())) }
            guard isOwn(now?.decoded) else {
                return answers.append(
                    .failure(.branch(.takenOver(by: now?.decoded.record.pending?.holder))))
            }
            change(name, to: bytes, .applied)
        case .restoration(let name, let bytes):
            let now = try reader.read(name)
            // Where the intent is this run's no more there is nothing of it to take back.
            guard now?.bytes != bytes, isOwn(now?.decoded) else {
                return answers.append(.success(()))
            }
            change(name, to: bytes, .takenBack)
        case .replacement(let name, let bytes, let expected):
            let now = try reader.read(name)?.bytes
            if now == bytes { return answers.append(.success(())) }
            guard now == expected else {
                return answers.append(.failure(.branch(.superseded([name]))))
            }
            change(name, to: bytes, bytes == nil ? .removed : .recorded)
        }
    }

    /// Lets others in where this run leaves doubt.
    mutating func endLeases(of names: Set<EnvironmentName>) throws(StateError) {
        for name in names.sorted() {
            guard let now = try reader.read(name)?.decoded, isOwn(now),
                now.record.pending?.expiresAt != nil
            else { continue }
            append(name, RecordCodec.encode(now.record.leased(until: nil)), .inDoubt)
        }
    }

    /// Gives this run's intents another end of their lease. One whose lease was ended by somebody
    /// stays as it is, and is lost.
    mutating func renew(_ names: Set<EnvironmentName>, until end: Timestamp) throws(StateError) {
        for name in names.sorted() {
            let now = try reader.read(name)?.decoded
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

    private func isOwn(_ decoded: DecodedRecord?) -> Bool {
        decoded?.record.pending?.holder.id == holder.id
    }

    private mutating func change(_ name: EnvironmentName, to bytes: [UInt8]?, _ part: Part) {
        append(name, bytes, part)
        answers.append(.success(()))
    }

    private mutating func append(_ name: EnvironmentName, _ bytes: [UInt8]?, _ part: Part) {
        changes.append(BranchChange(file: "\(name).json", bytes: bytes))
        summary[part.rawValue].names.append(name)
    }
}
