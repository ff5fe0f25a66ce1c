import BankhookGitStore
import BankConnectAPI
import BankhookModel
import BankhookState
import BranchTestSupport
import Synchronization

/// Knows what the server holds and what every run may claim, and looks at each move of the branch and
/// at each request (`faults.md`, invariants A to C, and section 6 of the specification).
final class BranchOracle: Sendable {
    /// What a request came to.
    enum RequestEnd {
        case promised, refused
        case possible(takesEffect: Bool)
    }

    /// One run's work on one environment.
    struct Claim: Hashable {
        let lock: String
        let name: EnvironmentName
    }

    struct Memory {
        var book = RecordBook()
        /// What the server holds.
        var server: [EnvironmentName: DesiredEnvironment] = [:]
        /// Whose requests are under way.
        var underWay: [EnvironmentName: [String]] = [:]
        var promised: Set<Claim> = []
        var possible: Set<Claim> = []
        /// Outcomes that are on the branch.
        var recorded: Set<Claim> = []
        /// How wrong the clock of a lock's holder is, in seconds.
        var clockErrors: [String: Int] = [:]
        /// Environments that a person unlocked while their holder was alive: nobody promises anything
        /// of them.
        var tainted: Set<EnvironmentName> = []
        /// The last settled version on the branch.
        var settled: [EnvironmentName: Record] = [:]
        var processes: [BranchProcess] = []
        /// Whether no request may leave.
        var isSilent = false
    }

    let world: BranchWorld
    private let state = Mutex(Memory())

    init(world: BranchWorld) {
        self.world = world
    }

    var memory: Memory { state.withLock { $0 } }

    func update<Value: Sendable>(_ change: (inout sending Memory) -> sending Value) -> Value {
        state.withLock(change)
    }

    func record(in commit: SharedBranch.Commit?, _ file: String) -> Record? {
        guard let bytes = commit?.files.bytes(of: file),
            let name = EnvironmentName(String(file.dropLast(5)))
        else { return nil }
        let (record, problem) = update { $0.book.read(bytes, as: name) }
        if let problem { world.violate("\(name): \(problem)") }
        if record == nil { world.violate("A: \(name) is damaged on the branch") }
        return record
    }

    // MARK: The server

    /// A request leaves: its intent stands on the branch, and nobody else's request is under way.
    func requestBegins(_ desired: DesiredEnvironment, by lock: String) {
        let name = desired.name
        let tip = remoteTip()
        let record = record(in: tip, "\(name).json")
        world.note("\(lock.suffix(3)) sends \(name)")
        let memory = memory
        if memory.isSilent { world.violate("\(name): sent though the branch was rewritten") }
        if !memory.tainted.contains(name) {
            if record?.pending?.holder.id != lock {
                world.violate("B: \(name) is sent, and the branch does not hold its intent")
            } else if let record, let pending = record.pending,
                Confirmed(pending) != Confirmed(desired, lineage: record.lineage)
            {
                world.violate("B: \(name) is sent, and its intent says something else")
            }
            if memory.underWay[name, default: []].contains(where: { $0 != lock }) {
                world.violate("\(name): two runs' requests at once")
            }
        }
        if memory.underWay[name, default: []].contains(lock) {
            world.violate("\(name): two requests of one run at once")
        }
        update { $0.underWay[name, default: []].append(lock) }
    }

    func requestEnds(_ desired: DesiredEnvironment, by lock: String, _ end: RequestEnd) {
        let name = desired.name
        let claim = Claim(lock: lock, name: name)
        update { memory in
            memory.underWay[name]?.removeAll { $0 == lock }
            switch end {
            case .promised:
                memory.promised.insert(claim)
                memory.server[name] = desired
            case .refused: break
            case .possible(let takesEffect):
                memory.possible.insert(claim)
                if takesEffect { memory.server[name] = desired }
            }
        }
        checkServer(name)
    }

    private let branch = Mutex<SharedBranch?>(nil)

    /// Tells it which branch to look at.
    func watch(_ remote: SharedBranch) {
        branch.withLock { $0 = remote }
    }

    var remote: SharedBranch? { branch.withLock { $0 } }

    func remoteTip() -> SharedBranch.Commit? {
        guard let remote else { return nil }
        return remote.tip.flatMap { remote[$0] }
    }

    /// What looks settled is what the server holds.
    func checkServer(_ name: EnvironmentName) {
        let record = record(in: remoteTip(), "\(name).json")
        let memory = memory
        guard record?.pending == nil, !memory.tainted.contains(name) else { return }
        let held = memory.server[name]
        guard let record, let applied = record.applied else {
            if held != nil { world.violate("C: \(name) is not recorded, and the server has it") }
            return
        }
        guard let held, Confirmed(held, lineage: record.lineage) == Confirmed(applied) else {
            return world.violate("C: \(name) looks settled, and the server has something else")
        }
    }

    // MARK: Outcomes

    /// What a run that lived to its end says of one environment.
    func judge(
        _ name: EnvironmentName, _ outcome: BranchClaim, by lock: String, isKept: Bool
    ) {
        let claim = Claim(lock: lock, name: name)
        let memory = memory
        let isPromised = memory.promised.contains(claim)
        let now = record(in: remoteTip(), "\(name).json")
        switch outcome {
        case .applied:
            world.hit(.outcomeApplied)
            if !isPromised { world.violate("\(name): applied without a 200") }
            if !memory.recorded.contains(claim) {
                world.violate("\(name): applied, and its record is not on the branch")
            }
        case .notRecorded(let saysKept, let isExcused):
            world.hit(.outcomeNotRecorded)
            if !isPromised { world.violate("\(name): applied but not recorded without a 200") }
            if !saysKept, !isExcused { world.violate("\(name): its outcome is kept nowhere") }
            guard saysKept else { return }
            world.hit(.keptAtEnd)
            if !isKept, !memory.recorded.contains(claim), now?.pending?.holder.id == lock {
                world.violate("\(name): it is not kept in the clone")
            }
        case .nothingSent:
            if isPromised || memory.possible.contains(claim) {
                world.violate("\(name): said not to be sent, and the server may have it")
            }
            if now?.pending?.holder.id == lock {
                world.violate("\(name): its intent should have been taken back")
            }
        case .other: break
        }
    }
}
