package import BankhookModel

/// Another run's hold on environments of a branch: its intents, until a moment (specification,
/// section 6).
package struct Lease: Equatable, Sendable {
    package let holder: LockHolder
    /// When others treat it as ended: a fifth of a lease after what its intents say.
    package let end: Timestamp
    /// Sorted by name.
    package let environments: [EnvironmentName]
    /// This run's environment whose account they are under other names; nil where it is the names
    /// that are held.
    package var sharing: EnvironmentName? = nil

    package init(holder: LockHolder, end: Timestamp, environments: [EnvironmentName]) {
        self.holder = holder
        self.end = end
        self.environments = environments
    }

    /// The leases that hold at a moment, by their holders' ids.
    ///
    /// `length` is how long a lease is: others add a fifth of it, for clocks that are a little apart.
    package static func leases(
        among records: [Record], at moment: Timestamp, length: TimeSpan
    ) -> [Lease] {
        var found = [String: Lease]()
        for record in records {
            guard let pending = record.pending, let expiry = pending.expiresAt else { continue }
            let end = Timestamp(
                secondsSinceEpoch: expiry.secondsSinceEpoch + length.seconds / 5)
            guard moment < end else { continue }
            let known = found[pending.holder.id]
            found[pending.holder.id] = Lease(
                holder: pending.holder, end: max(end, known?.end ?? end),
                environments: (known?.environments ?? []) + [record.environment])
        }
        return found.values.sorted { $0.holder.id < $1.holder.id }
    }
}

extension Lease: CustomStringConvertible {
    package var description: String {
        guard let sharing else {
            return "\(shownEnvironments): locked by \(holder), lock id \(holder.id)"
        }
        return "\(sharing): locked by \(holder), lock id \(holder.id): \(shownEnvironments) is the "
            + "same account under another name"
    }

    /// The first few, and how many others.
    package var shownEnvironments: String {
        let shown = environments.prefix(3).map(\.text).joined(separator: ", ")
        return environments.count > 3 ? "\(shown) and \(environments.count - 3) more" : shown
    }
}
