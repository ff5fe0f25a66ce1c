import BankhookState
import Dispatch
import Synchronization
import SystemCalls
import TestSupport

/// The files of a directory in memory that counts their syncs, fails on demand, and holds the first
/// change until it is let go.
final class CountingFiles: StateFiles {
    struct Counts: Equatable {
        var creates = 0
        var fileSyncs = 0
        var allSyncs = 0
        var directorySyncs = 0
        var looks = 0
        /// Files that changed twice between two syncs of the directory.
        var doubles = 0
    }

    private struct State {
        var files: [String: [UInt8]] = [:]
        var counts = Counts()
        var changed: Set<String> = []
        var failingAllSyncs: Set<Int> = []
        var isGone = false
    }

    private let state = Mutex(State())
    private let first = DispatchSemaphore(value: 0)
    /// Opens when the first change has come and is held.
    let hasBegun = Gate()

    var counts: Counts { state.withLock { $0.counts } }
    var listing: [String] { state.withLock { $0.files.keys.sorted() } }

    /// Lets the first change go on.
    func letGo() { first.signal() }

    /// Makes the n-th sync of everything fail, counted from 1.
    func failAllSync(_ number: Int) {
        state.withLock { _ = $0.failingAllSyncs.insert(number) }
    }

    /// From now on something else is in the directory's place.
    func replaceDirectory() { state.withLock { $0.isGone = true } }

    func names() -> [String] { listing }

    func read(_ name: String, limit: Int) -> FileContent {
        state.withLock { $0.files[name] }.map(FileContent.file) ?? .absent
    }

    func create(_ name: String, bytes: [UInt8], isSynced: Bool) throws(SystemCallError) {
        let isFirst = state.withLock { state in
            state.counts.creates += 1
            if isSynced { state.counts.fileSyncs += 1 }
            state.files[name] = bytes
            return state.counts.creates == 1
        }
        guard isFirst else { return }
        hasBegun.open()
        first.wait()
    }

    var canSyncAll: Bool { true }

    func syncAll() throws(SystemCallError) {
        let fails = state.withLock { state in
            state.counts.allSyncs += 1
            return state.failingAllSyncs.contains(state.counts.allSyncs)
        }
        if fails { throw SystemCallError("syncfs", number: 5) }
    }

    func rename(_ name: String, to newName: String) {
        state.withLock { state in
            state.files[newName] = state.files.removeValue(forKey: name)
            if !state.changed.insert(newName).inserted { state.counts.doubles += 1 }
        }
    }

    func unlink(_ name: String) {
        state.withLock { $0.files[name] = nil }
    }

    func syncDirectory() {
        state.withLock { state in
            state.counts.directorySyncs += 1
            state.changed = []
        }
    }

    func isStillThere() -> Bool {
        state.withLock { state in
            state.counts.looks += 1
            return !state.isGone
        }
    }
}
