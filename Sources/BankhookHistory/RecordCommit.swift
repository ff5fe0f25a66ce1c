package import BankhookModel

/// A commit that brought versions of records: who, when, and what its message says.
///
/// Its texts are whatever somebody wrote: they are made safe before they are printed.
package struct RecordCommit: Equatable, Sendable {
    package let id: String
    package let authorName: String
    package let authorEmail: String
    package let committedAt: Timestamp
    package let subject: String
    /// The trailer `Run:`, where the message has one.
    package let run: String?
    /// The trailer `Revision:`, where the message has one.
    package let revision: String?

    package init(
        id: String, authorName: String, authorEmail: String, committedAt: Timestamp,
        subject: String, run: String?, revision: String?
    ) {
        self.id = id
        self.authorName = authorName
        self.authorEmail = authorEmail
        self.committedAt = committedAt
        self.subject = subject
        self.run = run
        self.revision = revision
    }

    /// The same with every text that somebody wrote made safe.
    func mapping(_ safe: (String) -> String) -> RecordCommit {
        RecordCommit(
            id: id, authorName: safe(authorName), authorEmail: safe(authorEmail),
            committedAt: committedAt, subject: safe(subject), run: run.map(safe),
            revision: revision.map(safe))
    }
}
