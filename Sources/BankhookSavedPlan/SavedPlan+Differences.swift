internal import BankhookModel

extension SavedPlan {
    /// Everything that differs in a plan that was computed anew, causes before what they cause;
    /// empty where this plan may be applied.
    ///
    /// Fingerprints that this plan does not have, because the secrets were not at hand, differ from
    /// none: whatever they would tell shows in the changes.
    package func differences(in now: SavedPlan) -> [PlanDifference] {
        let files = alterations(from: files, to: now.files).map { PlanDifference.file($0, $1) }
        let records = alterations(from: records, to: now.records)
            .map { PlanDifference.record($0, $1) }
        return files + records + changeDifferences(in: now)
    }

    private func changeDifferences(in now: SavedPlan) -> [PlanDifference] {
        let names = Set(changes.keys).union(now.changes.keys).sorted()
        return names.flatMap { name -> [PlanDifference] in
            guard let saved = changes[name], let current = now.changes[name] else {
                return [.change(name, saved: changes[name]?.action, now: now.changes[name]?.action)]
            }
            var differences = [PlanDifference]()
            if !saved.plansTheSame(as: current) {
                differences.append(.change(name, saved: saved.action, now: current.action))
            }
            // With another record the lineage is another one, and that has been said.
            guard records[name] == now.records[name] else { return differences }
            guard saved.firstLineage == current.firstLineage else {
                return differences + [.lineage(name)]
            }
            return differences + secretDifferences(from: saved, to: current, of: name)
        }
    }

    private func secretDifferences(
        from saved: SavedChange, to now: SavedChange, of name: EnvironmentName
    ) -> [PlanDifference] {
        guard let saved = saved.fingerprints, saved != now.fingerprints else { return [] }
        // Without the credentials no webhook secret can be compared.
        guard let now = now.fingerprints, saved.account == now.account else {
            return [.account(name)]
        }
        return alterations(from: saved.webhookSecrets, to: now.webhookSecrets)
            .map { .secret(name, name: $0.0) }
    }

    private func alterations<Key: Comparable, Value: Equatable>(
        from old: [Key: Value], to new: [Key: Value]
    ) -> [(Key, PlanDifference.Alteration)] {
        Set(old.keys).union(new.keys).sorted().compactMap { key in
            switch (old[key], new[key]) {
            case (nil, _): (key, .added)
            case (_, nil): (key, .removed)
            case (let old?, let new?): old == new ? nil : (key, .changed)
            }
        }
    }
}
