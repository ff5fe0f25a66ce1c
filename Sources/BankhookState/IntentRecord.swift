package import BankhookModel

/// A record with a new intent, and what stood there before it.
package struct IntentRecord: Sendable {
    package let snapshot: RecordSnapshot
    package let record: Record

    package init(after snapshot: RecordSnapshot, record: Record) {
        self.snapshot = snapshot
        self.record = record
    }

    package var name: EnvironmentName { record.environment }
}
