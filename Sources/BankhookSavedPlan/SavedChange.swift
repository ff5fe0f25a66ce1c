package import BankhookModel
internal import BankhookPlan

/// One environment's change as a saved plan holds it.
package struct SavedChange: Equatable, Sendable {
    package let action: Action
    package let reasons: [SavedReason]
    package let before: Registration?
    package let after: Registration?
    /// Nil where the secrets were not at hand, and for an orphan.
    package let fingerprints: SavedFingerprints?
    /// The lineage that its first record gets; nil where there is a record.
    package let firstLineage: Lineage?

    package init(
        action: Action, reasons: [SavedReason], before: Registration?, after: Registration?,
        fingerprints: SavedFingerprints?, firstLineage: Lineage?
    ) {
        self.action = action
        self.reasons = reasons
        self.before = before
        self.after = after
        self.fingerprints = fingerprints
        self.firstLineage = firstLineage
    }

    /// What is saved of a change.
    init(_ change: Change, firstLineage: Lineage?) {
        let lineage = change.record?.lineage ?? firstLineage
        self.init(
            action: change.action, reasons: change.reasons.map(SavedReason.init),
            before: change.before, after: change.after,
            fingerprints: lineage.flatMap { lineage in
                change.desired.flatMap { SavedFingerprints($0, lineage: lineage) }
            },
            firstLineage: firstLineage)
    }

    /// Whether the same would be sent, and for the same reasons.
    func plansTheSame(as other: SavedChange) -> Bool {
        action == other.action && reasons == other.reasons && before == other.before
            && after == other.after
    }
}
