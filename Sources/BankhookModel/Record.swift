/// What is recorded of one environment (specification, section 3).
package struct Record: Equatable, Sendable {
    package let environment: EnvironmentName
    package let lineage: Lineage
    /// Counts settled versions; 0 before the first one.
    package let serial: Int
    /// The checksum of the settled version before this one.
    package let previous: Checksum?
    /// What BankConnect last confirmed; nil while the first intent is unresolved.
    package let applied: Applied?
    /// An intent that was written before its request and never resolved.
    package let pending: Pending?

    package init(
        environment: EnvironmentName, lineage: Lineage, serial: Int, previous: Checksum?,
        applied: Applied?, pending: Pending?
    ) {
        self.environment = environment
        self.lineage = lineage
        self.serial = serial
        self.previous = previous
        self.applied = applied
        self.pending = pending
    }

    /// The registration that BankConnect confirmed.
    package struct Applied: Equatable, Sendable {
        /// How a registration came into the record.
        package enum Origin: String, Sendable {
            case applied, imported
        }

        package let registration: Registration
        package let account: Fingerprint
        package let webhookSecrets: [String: Fingerprint]
        package let appliedAt: Timestamp
        package let origin: Origin
        /// The configuration's commit, where it is known.
        package let revision: String?
        /// The CI run, where it is known.
        package let run: String?
        package let tool: String

        package init(
            registration: Registration, account: Fingerprint,
            webhookSecrets: [String: Fingerprint], appliedAt: Timestamp, origin: Origin,
            revision: String?, run: String?, tool: String
        ) {
            self.registration = registration
            self.account = account
            self.webhookSecrets = webhookSecrets
            self.appliedAt = appliedAt
            self.origin = origin
            self.revision = revision
            self.run = run
            self.tool = tool
        }
    }

    /// The registration that a request may or may not have brought about.
    package struct Pending: Equatable, Sendable {
        package let action: Action
        package let registration: Registration
        package let account: Fingerprint
        package let webhookSecrets: [String: Fingerprint]
        /// Who wrote it, with the moment at which its request was about to start.
        package let holder: LockHolder
        /// The checksum of the settled version that this intent would replace.
        package let settled: Checksum?
        /// The oldest start that was never resolved: this intent's own, or an earlier one's.
        package let unknownSince: Timestamp
        /// When its lease ends; nil in a directory, where the lock ends with its process.
        package let expiresAt: Timestamp?

        package init(
            action: Action, registration: Registration, account: Fingerprint,
            webhookSecrets: [String: Fingerprint], holder: LockHolder, settled: Checksum?,
            unknownSince: Timestamp, expiresAt: Timestamp?
        ) {
            self.action = action
            self.registration = registration
            self.account = account
            self.webhookSecrets = webhookSecrets
            self.holder = holder
            self.settled = settled
            self.unknownSince = unknownSince
            self.expiresAt = expiresAt
        }

        /// The same intent with another end of its lease; nil where it has none any more.
        package func leased(until end: Timestamp?) -> Pending {
            Pending(
                action: action, registration: registration, account: account,
                webhookSecrets: webhookSecrets, holder: holder, settled: settled,
                unknownSince: unknownSince, expiresAt: end)
        }

        /// The same intent after another settled version.
        package func following(_ settled: Checksum) -> Pending {
            Pending(
                action: action, registration: registration, account: account,
                webhookSecrets: webhookSecrets, holder: holder, settled: settled,
                unknownSince: unknownSince, expiresAt: expiresAt)
        }
    }
}

extension Record {
    /// The same record with another end of its intent's lease.
    package func leased(until end: Timestamp?) -> Record {
        Record(
            environment: environment, lineage: lineage, serial: serial, previous: previous,
            applied: applied, pending: pending?.leased(until: end))
    }
}
