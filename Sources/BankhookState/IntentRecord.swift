package import BankhookModel

/// A record with a new intent, and what stood there before it.
package struct IntentRecord: Sendable {
    package let snapshot: RecordSnapshot
    package let record: Record
    /// What its request goes to: nobody else's intent may be live there, whatever it is called.
    package let account: Account?

    package init(after snapshot: RecordSnapshot, record: Record, account: Account? = nil) {
        self.snapshot = snapshot
        self.record = record
        self.account = account
    }

    package var name: EnvironmentName { record.environment }
}
