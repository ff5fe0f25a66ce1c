internal import BankhookModel
package import BankhookState
internal import Synchronization

/// What is kept in the clone until it has arrived at the remote.
extension GitBranchRepository {
    package func keptCommits() async throws(BranchError) -> [KeptCommit] {
        let refs = try await refs([GitBranchRepository.transientPrefix, keptPrefix])
        let transient = refs.map(\.name).filter {
            $0.hasPrefix(GitBranchRepository.transientPrefix)
        }
        if !isLook { try await removeLeftovers(among: transient) }
        var kept = [KeptCommit]()
        for (name, id) in refs where name.hasPrefix(keptPrefix) {
            keepingRefs.withLock { $0[id] = name }
            kept.append(try await keptCommit(id, of: name))
        }
        return kept
    }

    package func keptElsewhere() async throws(BranchError) -> [String] {
        try await refs([GitBranchRepository.allKeptPrefix]).map(\.name).filter {
            !$0.hasPrefix(keptPrefix)
        }
    }

    private func keptCommit(_ id: String, of ref: String) async throws(BranchError) -> KeptCommit {
        do throws(BranchError) {
            let after = try await files(of: id, knowing: nil)
            return KeptCommit(
                id: id, parent: "\(id)^",
                before: try await files(of: "\(id)^", knowing: after), after: after)
        } catch {
            guard case .unusable(let words) = error else { throw error }
            throw .keptUnreadable(ref: ref, words: words)
        }
    }

    /// Removes what processes left that died during an operation, a day and more ago.
    private func removeLeftovers(among refs: [String]) async throws(BranchError) {
        let oldest = now().secondsSinceEpoch - 86_400
        let left = refs.filter { ref in
            let name = ref.split(separator: "/").last ?? ""
            return Int(name.prefix { $0 != "-" }).map { $0 < oldest } ?? false
        }
        if !left.isEmpty { try await updateRefs(left.map { "delete \($0)" }) }
    }
}
