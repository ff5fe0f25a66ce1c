internal import Synchronization

/// A clone in memory: what it keeps and remembers lasts, as refs do.
package final class MemoryClone: Sendable {
    private struct State {
        var remembered: String?
        var kept: [String] = []
    }

    let remote: SharedBranch
    private let state = Mutex(State())

    package init(of remote: SharedBranch) {
        self.remote = remote
    }

    /// The tip that it last saw.
    package var remembered: String? {
        get { state.withLock { $0.remembered } }
        set { state.withLock { $0.remembered = newValue } }
    }

    /// The commits that it keeps, in the order in which they were made.
    package var kept: [String] { state.withLock { $0.kept } }

    func keep(_ commit: String) { state.withLock { $0.kept.append(commit) } }
    func forget(_ commit: String) { state.withLock { $0.kept.removeAll { $0 == commit } } }
}
