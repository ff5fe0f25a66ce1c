internal import BankhookState
internal import SystemCalls

/// Can records be written to the directory store?
struct DirectoryCheck {
    let store: DirectoryStore
    let makeID: @Sendable () -> String

    /// Makes a temporary file and removes it, as an apply would.
    var finding: DoctorFinding {
        do throws(StateError) {
            switch try store.rehearseWrite(makeID()) {
            case .present(nil): return .ok(.state, "can be written", about: store.path)
            case .present(let kind?):
                return .warning(
                    .state, "network_file_system",
                    "can be written, and is on \(kind), where a lock may hold on one machine only",
                    next: "apply from one machine, or keep the records in git: state.git",
                    about: store.path)
            case .absent(let parent):
                return .ok(
                    .state,
                    "does not exist yet, and can be made"
                        + (parent == "." ? "" : ": \(parent) can be written"), about: store.path)
            }
        } catch {
            return .error(.state, CommandFailure.Problem(state: error), about: store.path)
        }
    }
}
