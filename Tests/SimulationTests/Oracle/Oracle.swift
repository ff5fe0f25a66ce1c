import BankConnectAPI
import BankhookModel
import BankhookState
import Synchronization

/// Knows what every record must say, from the server's answers alone, and looks at every disk that a
/// loss of power could leave, after every single operation (`faults.md`, invariants A to C).
final class Oracle: Sendable {
    /// Everything that it knows.
    struct Memory {
        fileprivate var book = RecordBook()
        fileprivate var known: [EnvironmentName: Knowledge] = [:]
        /// Whether it looks at the disk after each operation.
        var isWatching = true
    }

    private let world: World
    private let state = Mutex(Memory())

    init(world: World) {
        self.world = world
    }

    var memory: Memory {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func knowledge(of name: EnvironmentName) -> Knowledge {
        state.withLock { $0.known[name] ?? Knowledge() }
    }

    func update(_ name: EnvironmentName, _ change: (inout Knowledge) -> Void) {
        state.withLock { change(&$0.known[name, default: Knowledge()]) }
    }

    func record(_ bytes: [UInt8], as name: EnvironmentName) -> Record? {
        let (record, problem) = state.withLock { $0.book.read(bytes, as: name) }
        if let problem { world.violate("\(name): \(problem)") }
        return record
    }

    // MARK: The process

    /// A new apply begins with what processes see on the disk.
    func applyBegins(_ names: [EnvironmentName], on disk: FakeDisk) {
        for name in names {
            let bytes = disk.bytes(of: "\(name).json")
            let unknownSince = bytes.flatMap { record($0, as: name) }?.pending?.unknownSince
            update(name) { $0.begin(bytes: bytes, unknownSince: unknownSince) }
        }
    }

    // MARK: The disk

    /// Looks at everything that these names can stand for.
    func look(at names: [String], on disk: FakeDisk) {
        guard memory.isWatching else { return }
        for file in names where file.hasSuffix(".json") && !file.hasPrefix(".") {
            guard let name = EnvironmentName(String(file.dropLast(5))) else { continue }
            look(at: name, on: disk)
        }
    }

    func look(at name: EnvironmentName, on disk: FakeDisk) {
        let known = knowledge(of: name)
        for content in Set(disk.possibilities(of: "\(name).json")) {
            switch content {
            case .torn: world.violate("A: \(name) can be torn")
            case .absent:
                if known.confirmed != nil || known.doubtSince != nil {
                    world.violate("A: \(name) can be absent, and the server has it")
                }
            case .file(let bytes):
                guard let record = record(bytes, as: name) else {
                    world.violate("A: \(name) can be damaged")
                    continue
                }
                judge(record, known)
            }
        }
    }

    private func judge(_ record: Record, _ known: Knowledge) {
        let name = record.environment
        if record.serial < known.serial { world.violate("\(name): its serial can fall back") }
        guard let pending = record.pending else {
            if known.doubtSince != nil {
                world.violate("C: \(name) can look settled, and its outcome is unknown")
            } else if record.applied.map(Confirmed.init) != known.confirmed {
                world.violate("C: \(name) can hold what the server never promised, or not last")
            }
            return
        }
        if let since = known.doubtSince, pending.unknownSince != since {
            world.violate("\(name): unknown since \(pending.unknownSince) and not \(since)")
        }
    }

    // MARK: The server

    /// A request leaves. Its intent must be there whatever happens to the disk.
    func requestBegins(_ desired: DesiredEnvironment, at moment: Duration, on disk: FakeDisk) {
        let name = desired.name
        var intent: Record?
        for content in disk.possibilities(of: "\(name).json") {
            guard case .file(let bytes) = content, let record = record(bytes, as: name),
                let pending = record.pending,
                Confirmed(pending) == Confirmed(desired, lineage: record.lineage)
            else {
                world.violate("B: \(name) is sent, and its intent is not durable")
                continue
            }
            intent = record
        }
        let known = knowledge(of: name)
        if let pending = intent?.pending,
            pending.unknownSince != known.unknownSinceBefore ?? pending.holder.startedAt
        {
            world.violate("\(name): its intent does not say since when the outcome is unknown")
        }
        checkPace(name, known, moment)
        update(name) { known in
            known.intent = intent
            if known.attempts == 0 { known.firstAttempt = moment }
            known.attempts += 1
            known.isUnderWay = true
        }
    }

    private func checkPace(_ name: EnvironmentName, _ known: Knowledge, _ moment: Duration) {
        if known.isUnderWay { world.violate("\(name): two requests at once") }
        if known.attempts >= 5 { world.violate("\(name): more than 5 attempts") }
        guard known.attempts > 0 else { return }
        world.hit(.retry)
        if moment - known.firstAttempt > .seconds(180) {
            world.violate("\(name): an attempt later than 3 minutes after the first")
        }
        if known.isPromised { world.violate("\(name): sent again after a 200") }
    }

    func requestEnds(_ desired: DesiredEnvironment) {
        update(desired.name) { $0.isUnderWay = false }
    }

    func promised(_ desired: DesiredEnvironment) {
        update(desired.name) { known in
            if known.doubtSince != nil { world.hit(.doubtEnded) }
            known.confirmed = known.intent.flatMap { Confirmed(desired, lineage: $0.lineage) }
            known.doubtSince = nil
            known.isPromised = true
        }
    }

    func possible(_ desired: DesiredEnvironment) {
        update(desired.name) { known in
            known.doubtSince = known.doubtSince ?? known.intent?.pending?.unknownSince
            known.mayHaveArrived = true
        }
    }
}
