extension Explanation {
    static let ofReceiving: [Explanation] = [
        Explanation(
            "secrets_missing",
            happened: """
                A secret of a webhook URL or of a probe's headers is not at hand.
                """,
            matters: """
                A URL without it is another endpoint.
                """,
            next: """
                Set the variable, or make the file, that the message names.
                """),
        Explanation(
            "session_flow",
            happened: """
                payloads, recover, progress and trigger were asked for an environment of \
                the Session flow.
                """,
            matters: """
                The vendor documents no such call for it.
                """,
            next: """
                Look at the vendor's dashboard; listen and probe know the Session flow's \
                shapes.
                """),
        Explanation(
            "links_file",
            happened: """
                The file of link ids cannot be read, or a line of it is no id.
                """,
            matters: """
                A link that is left out is one whose loss nobody sees.
                """,
            next: """
                Write one id a line; - is standard input.
                """),
        Explanation(
            "answer_no_json",
            happened: """
                BankConnect answered 200 with something that is no JSON.
                """,
            matters: """
                What it tried to deliver is not known.
                """,
            next: """
                A proxy or portal may stand between: see what curl says, and try again.
                """),
        Explanation(
            "answer_too_long",
            happened: """
                BankConnect's answer is longer than what is read.
                """,
            matters: """
                A part of a list would look like a whole one.
                """,
            next: """
                Ask for fewer payloads at a time, one link each.
                """),
        Explanation(
            "answer_wrong_shape",
            happened: """
                BankConnect answered 200, and not as its pages say.
                """,
            matters: """
                Leaving out what is not understood would hide payloads.
                """,
            next: """
                The message names the field. Report it, if the API has changed.
                """),
        Explanation(
            "other_link",
            happened: """
                The list of a link holds a payload that names another link, or none.
                """,
            matters: """
                Receipts and the order are kept link by link: what is in the list of another one \
                would be sent again by every run.
                """,
            next: """
                Write the id exactly as BankConnect does, upper and lower case too; payloads shows \
                the list as it came.
                """),
        Explanation(
            "not_asked",
            happened: """
                Another question failed in a way that concerns all of them.
                """,
            matters: """
                Nothing is known of this one.
                """,
            next: """
                Mend the first failure, and run it again.
                """),
        Explanation(
            "payload_wrong",
            happened: """
                A payload that BankConnect lists is none that its pages document: a progress \
                other than completed or failed, say, or no entity_id.
                """,
            matters: """
                A receiver need not know what to do with it, and its 200 would make it pass for \
                delivered. The newer ones of its link wait, for the order's sake.
                """,
            next: """
                Look at it with payloads, and ask FinBox. To go on without it, leave it out with \
                --progress, --since or --until.
                """),
        Explanation(
            "older_failed",
            happened: """
                An older payload of the same link was not delivered.
                """,
            matters: """
                A receiver must not see the newer one first.
                """,
            next: """
                Mend the receiver, and run recover again: it goes on there.
                """),
        Explanation(
            "endpoint_unreachable",
            happened: """
                No endpoint is there, so that the run stopped.
                """,
            matters: """
                Each further delivery would fail in the same way.
                """,
            next: """
                Start the receiver, check its URL, and run recover again.
                """),
        Explanation(
            "endpoint_url",
            happened: """
                The URL of --to cannot be called.
                """,
            matters: """
                Payloads hold what banks say of customers; they go to https, or to this \
                machine.
                """,
            next: """
                Name an https URL, or an http one on the loopback.
                """),
        Explanation(
            "receipts_broken",
            happened: """
                Receipts cannot be written any more.
                """,
            matters: """
                A delivery without a receipt would be sent again by the next run.
                """,
            next: """
                Free the disk, or mend the file that the message names, and run recover \
                again.
                """),
        Explanation(
            "receipts_in_use",
            happened: """
                Another process uses the receipts.
                """,
            matters: """
                Two that count the same deliveries would send them twice.
                """,
            next: """
                End the other one (listen or recover), or give each a file of its own.
                """),
        Explanation(
            "receipts",
            happened: """
                The receipts cannot be opened, or a line of them is no receipt.
                """,
            matters: """
                Taking them for none would deliver everything again.
                """,
            next: """
                Mend or remove the line that the message names.
                """),
    ]
}
