package import BankhookModel

/// One environment's difference between what is desired and what is recorded.
package struct Change: Sendable {
    package let name: EnvironmentName
    package let action: Action
    /// Every reason that holds, in the order in which they are shown.
    package let reasons: [Reason]
    /// What BankConnect last confirmed, as far as it is recorded.
    package let before: Registration?
    package let after: Registration?
    /// Whether the account and the secrets were compared too.
    package let isAccountCompared: Bool
    /// Nil for an orphan.
    package let desired: DesiredEnvironment?
    package let record: Record?
    /// Why the record is not the newest of its lineage; nil where it is, as far as git knows.
    package let finding: RecordHistory.Finding?
    /// The lineage that a first registration gets, where a saved plan has settled it.
    package var firstLineage: Lineage? = nil

    /// Whether the mode falls to 0 from the higher of what was applied and what may have been.
    package var lowersMode: Bool { loweredMode != nil }

    /// The mode that falls to 0; nil where none does.
    var loweredMode: WebhookMode? {
        guard action.sends, after?.mode == .netBanking else { return nil }
        let known = [record?.applied?.registration.mode, record?.pending?.registration.mode]
        return known.compactMap(\.self).first { $0 != .netBanking }
    }
}
