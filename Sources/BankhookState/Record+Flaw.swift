package import BankhookModel

extension Record {
    /// What no apply could have written although every field is well formed; nil where nothing is.
    ///
    /// An intent leaves the settled version in place, so that its checksum can be computed again
    /// (specification, section 3).
    package var flaw: String? {
        if serial == 1, previous != nil {
            return "it is the first version and names one before it"
        }
        guard let pending, applied != nil else { return nil }
        let settled = Record(
            environment: environment, lineage: lineage, serial: serial, previous: previous,
            applied: applied, pending: nil)
        return pending.settled == RecordCodec.checksum(of: settled)
            ? nil : "its intent names another settled version than the one that it stands on"
    }
}
