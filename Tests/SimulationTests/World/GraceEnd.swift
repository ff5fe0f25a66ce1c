import BankhookModel
import BankhookApply
import Synchronization

/// The five seconds after a signal, after which what is in flight is cut off.
final class GraceEnd: Sendable {
    private let end = Mutex<Duration?>(nil)

    func isOver(at moment: Duration, _ interruption: Interruption) -> Bool {
        guard interruption.isRequested else { return false }
        return end.withLock { end in
            let known = end ?? moment + .seconds(5)
            end = known
            return moment >= known
        }
    }
}
