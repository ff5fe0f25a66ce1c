import BankhookState
import Synchronization
import SystemCalls

/// Files in memory that stop working at an operation, and that know what a power cut could leave.
final class CrashingFiles: StateFiles {
    typealias Disk = [String: [UInt8]]

    /// One change of the directory: all of it survives a power cut, or nothing.
    private typealias Change = [(name: String, bytes: [UInt8]?)]

    private struct State {
        var visible: Disk
        var durable: Disk
        var unsynced: [Change] = []
        var operations = 0
        var stop: (operation: Int, isLate: Bool)?
    }

    private let state: Mutex<State>

    init(_ disk: Disk) {
        state = Mutex(State(visible: disk, durable: disk))
    }

    var visible: Disk { state.withLock { $0.visible } }

    /// How many operations that change something were begun.
    var operations: Int { state.withLock { $0.operations } }

    /// Fails the n-th operation from now on and all that follow; a late one is carried out first.
    func stop(at operation: Int, isLate: Bool) {
        state.withLock { $0.stop = ($0.operations + operation, isLate) }
    }

    /// Works again, as the files of the next process do; what was not synced is still not synced.
    func goOn() {
        state.withLock { $0.stop = nil }
    }

    /// Every disk that a power cut could leave at this moment.
    var disksAfterPowerCut: [Disk] {
        state.withLock { state in
            (0..<(1 << state.unsynced.count)).map { survivors in
                var disk = state.durable
                for (index, change) in state.unsynced.enumerated()
                where survivors & (1 << index) != 0 {
                    for (name, bytes) in change { disk[name] = bytes }
                }
                return disk
            }
        }
    }

    private func operate(_ change: (inout State) -> Void) throws(SystemCallError) {
        let isDone = state.withLock { state in
            state.operations += 1
            if let stop = state.stop, state.operations >= stop.operation {
                if stop.isLate, state.operations == stop.operation { change(&state) }
                return false
            }
            change(&state)
            return true
        }
        guard isDone else { throw SystemCallError("operation", number: 5) }
    }

    // MARK: StateFiles

    let canSyncAll = false

    func names() throws(SystemCallError) -> [String] { Array(visible.keys) }

    func read(_ name: String, limit: Int) throws(SystemCallError) -> FileContent {
        visible[name].map(FileContent.file) ?? .absent
    }

    func create(_ name: String, bytes: [UInt8], isSynced: Bool) throws(SystemCallError) {
        try operate { state in
            state.visible[name] = bytes
            state.unsynced.append([(name, bytes)])
        }
    }

    func syncAll() throws(SystemCallError) {}

    func rename(_ name: String, to newName: String) throws(SystemCallError) {
        try operate { state in
            let bytes = state.visible.removeValue(forKey: name)
            state.visible[newName] = bytes
            state.unsynced.append([(name, nil), (newName, bytes)])
        }
    }

    func unlink(_ name: String) throws(SystemCallError) {
        try operate { state in
            state.visible[name] = nil
            state.unsynced.append([(name, nil)])
        }
    }

    func syncDirectory() throws(SystemCallError) {
        try operate { state in
            state.durable = state.visible
            state.unsynced = []
        }
    }

    func isStillThere() -> Bool { true }
}
