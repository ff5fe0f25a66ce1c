import BankhookState
import Synchronization
import SystemCalls

/// A state directory on a simulated disk, whose faults and losses of power a `World` decides.
final class FakeDisk: StateFiles {
    private let world: World
    private let state = Mutex(DiskState())
    private let onChange: @Sendable (FakeDisk, [String]) -> Void
    private let hasLostChanges = Mutex(false)
    let canSyncAll: Bool

    /// `onChange` hears of each operation that may have changed what stands under some names, or
    /// what would stand there after a loss of power.
    init(
        world: World, canSyncAll: Bool,
        onChange: @Sendable @escaping (FakeDisk, [String]) -> Void
    ) {
        self.world = world
        self.canSyncAll = canSyncAll
        self.onChange = onChange
    }

    // MARK: What the simulation sees

    func bytes(of name: String) -> [UInt8]? {
        state.withLock { $0.bytes(of: name) }
    }

    func possibilities(of name: String) -> [DiskContent] {
        state.withLock { $0.possibilities(of: name) }
    }

    /// Whether processes see changes that no sync makes durable any more, after one that failed.
    var showsLostChanges: Bool { hasLostChanges.withLock { $0 } }

    /// All names that processes see, sorted.
    var visibleNames: [String] {
        state.withLock { $0.visible.keys.sorted() }
    }

    var contents: DiskState {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    /// The power is lost, and chance picks one of the disks that may be left.
    func losePower() {
        let chance = world.chance
        let isFrequent = chance.below(101)
        hasLostChanges.withLock { $0 = false }
        state.withLock { state in
            state.syncDirectory { _ in chance.hits(percent: isFrequent) }
            if !state.unsynced.isEmpty { world.hit(.nameLost) }
            state.losePower { bytes in
                world.hit(.contentLost)
                switch chance.below(4) {
                case 0: return []
                case 1: return Array(bytes.prefix(chance.below(bytes.count)))
                case 2: return [UInt8](repeating: 0, count: bytes.count)
                default: return bytes
                }
            }
        }
        world.hit(.powerLost)
    }

    // MARK: StateFiles

    func names() throws(SystemCallError) -> [String] {
        try perform(.read) { _, _ in }
        return state.withLock { $0.visible.keys.sorted() }
    }

    func read(_ name: String, limit: Int) throws(SystemCallError) -> FileContent {
        try perform(.read) { _, _ in }
        return bytes(of: name).map { .file($0) } ?? .absent
    }

    func create(_ name: String, bytes: [UInt8], isSynced: Bool) throws(SystemCallError) {
        guard self.bytes(of: name) == nil else { throw SystemCallError("open", number: 17) }
        let cut = world.chance.below(bytes.count + 1)
        try perform(.create, [name]) { state, fate in
            switch fate.extent {
            case .nothing: break
            case .partly:
                state.create(
                    name, bytes: Array(bytes.prefix(cut)), isDurable: false,
                    isLost: fate.error != nil)
            case .wholly:
                state.create(
                    name, bytes: bytes, isDurable: isSynced && fate.error == nil,
                    isLost: isSynced && fate.error != nil)
            }
        }
    }

    func syncAll() throws(SystemCallError) {
        let chance = world.chance
        try perform(.syncAll, visibleNames) { state, fate in
            state.syncFiles(isFailing: fate.error != nil) { _ in
                fate.reaches(chance)
            }
        }
    }

    func rename(_ name: String, to newName: String) throws(SystemCallError) {
        var isAbsent = false
        let chance = world.chance
        try perform(.rename, [name, newName]) { state, fate in
            if fate.reaches(chance) { isAbsent = !state.rename(name, to: newName) }
        }
        if isAbsent { throw SystemCallError("rename", number: 2) }
    }

    func unlink(_ name: String) throws(SystemCallError) {
        let chance = world.chance
        try perform(.unlink, [name]) { state, fate in
            if fate.reaches(chance) { state.unlink(name) }
        }
    }

    func syncDirectory() throws(SystemCallError) {
        let chance = world.chance
        try perform(.syncDirectory, visibleNames) { state, fate in
            let isLost = fate.error != nil && chance.isOne(in: 2)
            if isLost { hasLostChanges.withLock { $0 = true } }
            state.syncDirectory(losingTheRest: isLost) { _ in fate.reaches(chance) }
        }
    }

    func isStillThere() -> Bool { true }

    private func perform(
        _ operation: DiskOperation, _ names: [String] = [],
        _ effect: (inout DiskState, DiskFate) -> Void
    ) throws(SystemCallError) {
        let fate = DiskFate.next(operation, in: world)
        world.note("  \(operation) \(names) \(fate.extent) \(fate.error.map { "\($0)" } ?? "")")
        state.withLock { effect(&$0, fate) }
        onChange(self, names)
        if let error = fate.error { throw error }
    }
}

extension DiskFate {
    /// Whether one part of the operation happens.
    fileprivate func reaches(_ chance: Chance) -> Bool {
        switch extent {
        case .nothing: false
        case .partly: chance.isOne(in: 2)
        case .wholly: true
        }
    }
}
