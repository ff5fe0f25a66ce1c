extension Explanation {
    static let ofWatch: [Explanation] = [
        Explanation(
            "watch_source",
            happened: """
                What --watch-receipts names cannot tell whether a webhook arrived: a file that \
                is missing or holds no receipts, a URL that answers no count, receipts for an \
                environment of the Session flow, which has none, or an environment whose new URL \
                another one has too, or may have by its record.
                """,
            matters: """
                A watch that cannot see would call every cutover silent. Nothing was registered.
                """,
            next: """
                Name the file that bankhook listen --receipts writes at the new endpoint, or a \
                URL that answers 200 with a JSON number or {"count": N}, then apply again. \
                Give two environments a URL each. After a rename run bankhook state move OLD NEW \
                first.
                """),
        Explanation(
            "watch_targets",
            happened: """
                --watch-receipts was given, and the URLs of several environments would change.
                """,
            matters: """
                A webhook does not say which environment it came for: one that arrived would \
                pass for all of them. Nothing was sent.
                """,
            next: """
                Apply them one after the other with --target NAME.
                """),
        Explanation(
            "watch_silent",
            happened: """
                The new URL is registered, and no webhook of BankConnect's arrived there within \
                the time of --within. Probes, what recover delivered, and what was received up \
                to the second of the registration do not count.
                """,
            matters: """
                Webhooks may be going to an endpoint that nobody reads. It may also mean that \
                nobody uploaded a statement.
                """,
            next: """
                Look with bankhook payloads whether one was due and with bankhook probe whether \
                the endpoint answers; the message has the command that goes back. bankhook \
                never goes back by itself. Running apply again does not wait again: its URL has \
                not changed.
                """),
        Explanation(
            "watch_not_looked",
            happened: """
                The new URL is registered, and when the time of --within was over the receipts \
                could not be read, or the URL answered no count; or it answered none when the \
                new URL was registered, and the count did not grow since it did.
                """,
            matters: """
                Whether a webhook arrived is not known: it is neither silence nor success.
                """,
            next: """
                Mend what the message names, and look at the endpoint yourself. The message \
                has the command that goes back.
                """),
        Explanation(
            "watch_baseline_lost",
            happened: """
                While they were watched, the receipts file was replaced or got shorter, the \
                count went down, another run changed the record or registered another \
                environment at the same URL, or the records could not be read again.
                """,
            matters: """
                What is new since the apply cannot be told any more, so nothing is claimed.
                """,
            next: """
                Look at the endpoint yourself, and with bankhook state show NAME at what stands. \
                Keep rotation of logs, restarts of what counts and other applies of that \
                environment away from a cutover.
                """),
    ]
}
