import BankhookGitStore
import BankhookState

/// Everything that a body finds wrong with records.
func stateErrors(_ body: () async throws -> Void) async -> [StateError] {
    do {
        try await body()
        return []
    } catch {
        return (error as? StateErrors)?.errors ?? []
    }
}

/// The branch's error that a body throws; nil for anything else.
func branchError(_ body: () async throws -> Void) async -> BranchError? {
    do {
        try await body()
        return nil
    } catch let error as StateError {
        if case .branch(let error) = error { return error }
    } catch let errors as StateErrors {
        if case .branch(let error)? = errors.errors.first { return error }
    } catch let error as BranchError {
        return error
    } catch {}
    return nil
}
