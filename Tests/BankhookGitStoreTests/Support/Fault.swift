import BranchTestSupport
import Synchronization

/// A fault of pushes that a test turns on and off, and how many pushes there were.
final class Fault: Sendable {
    private struct State {
        var fault: BranchFault?
        var pushes = 0
    }

    private let state = Mutex(State())

    var pushes: Int { state.withLock { $0.pushes } }

    func set(_ fault: BranchFault?) {
        state.withLock { $0.fault = fault }
    }

    var interference: MemoryRepository.Interference {
        { operation in
            guard case .push = operation else { return nil }
            return self.state.withLock { state in
                state.pushes += 1
                return state.fault
            }
        }
    }
}
