package import BankhookModel

/// What happened to one environment's record: a version that a commit brought, or took away.
package struct RecordEvent: Equatable, Sendable {
    package let environment: EnvironmentName
    /// The name that the record had before, where it moved.
    package let formerName: EnvironmentName?
    /// Nil where the directory holds what no commit has yet.
    package let commit: RecordCommit?
    package let kind: Kind
    /// What was recorded before; nil where nothing was, or nobody can tell.
    package let before: Record?
    /// What the version holds; nil where the file is gone or cannot be read.
    package let after: Record?
    /// What is wrong with a version that is no record.
    package let problem: String?
    /// The CI run: the commit's, else the one in the record of what was sent.
    package let run: String?
    /// The configuration's commit: the one that the commit names, else the one in that record.
    package let revision: String?

    package init(
        _ kind: Kind, of environment: EnvironmentName, in commit: RecordCommit?,
        before: Record? = nil, after: Record? = nil, formerName: EnvironmentName? = nil,
        problem: String? = nil
    ) {
        self.environment = environment
        self.formerName = formerName
        self.commit = commit
        self.kind = kind
        self.before = before
        self.after = after
        self.problem = problem
        let source = kind.isOwnRequest ? after : nil
        run = commit?.run ?? source.flatMap { $0.pending.map(\.holder.run) ?? $0.applied?.run }
        revision = commit?.revision ?? (source?.pending == nil ? source?.applied?.revision : nil)
    }

    private init(_ event: RecordEvent, safe: (String) -> String, commit: RecordCommit?) {
        environment = event.environment
        formerName = event.formerName
        self.commit = commit
        kind = event.kind
        before = event.before
        after = event.after
        problem = event.problem.map(safe)
        run = event.run.map(safe)
        revision = event.revision.map(safe)
    }

    /// The same with every text that somebody wrote made safe; `commit` is its commit, made safe.
    func mapping(_ safe: (String) -> String, commit: RecordCommit?) -> RecordEvent {
        RecordEvent(self, safe: safe, commit: commit)
    }

    /// The registration that BankConnect had confirmed before.
    package var registrationBefore: Registration? { before?.applied?.registration }

    /// The registration of the version: that of its intent, where its outcome is unknown.
    package var registrationAfter: Registration? {
        after?.pending?.registration ?? after?.applied?.registration
    }

    /// The record's identity.
    package var lineage: Lineage? { (after ?? before)?.lineage }

    /// Whether it follows a record that was forgotten in the same commit.
    package var beginsAnew: Bool {
        guard let before, let after else { return false }
        return before.lineage != after.lineage
    }
}
