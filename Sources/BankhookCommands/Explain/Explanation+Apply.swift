extension Explanation {
    static let ofApply: [Explanation] = [
        Explanation(
            "applied_but_not_recorded",
            happened: """
                BankConnect confirmed the registration, and its record could not be made \
                durable.
                """,
            matters: """
                The next plan does not know what is registered.
                """,
            next: """
                Mend what the message names (a full disk, a branch that takes no push), \
                then bankhook state push for the git store, or apply again: sending \
                again is safe.
                """),
        Explanation(
            "in_doubt",
            happened: """
                A request may have arrived, and its answer is not known.
                """,
            matters: """
                The registration may be the old one or the new one.
                """,
            next: """
                Apply again. The record stays in doubt until BankConnect answers 200.
                """),
        Explanation(
            "answer_status",
            happened: """
                BankConnect answered with a status other than 200.
                """,
            matters: """
                4xx says that it was refused, and the record is what it was before. 2xx \
                other than 200 and 5xx leave it in doubt.
                """,
            next: """
                401 and 403: check the keys. 400 and 404: check base_url and flow. 429 \
                and 5xx: apply again later.
                """),
        Explanation(
            "connection_refused",
            happened: """
                Nobody listens at the API's host and port.
                """,
            matters: """
                Nothing was sent.
                """,
            next: """
                Check base_url and the network, then apply again.
                """),
        Explanation(
            "connect_timed_out",
            happened: """
                No connection to the API could be made in time.
                """,
            matters: """
                Nothing was sent.
                """,
            next: """
                Check the network, a firewall and the proxy variables, then apply again.
                """),
        Explanation(
            "name_not_found",
            happened: """
                The API's host has no address.
                """,
            matters: """
                Nothing was sent.
                """,
            next: """
                Check base_url and DNS.
                """),
        Explanation(
            "tls_failed",
            happened: """
                The API's certificate is not trusted, or no TLS 1.2 or newer could be \
                agreed.
                """,
            matters: """
                Nothing was sent: the keys would have gone to whoever answered.
                """,
            next: """
                Check whose certificate it is. A private root goes into ca_file; the \
                system's are taken from SSL_CERT_FILE.
                """),
        Explanation(
            "proxy_failed",
            happened: """
                The proxy that a variable names made no connection.
                """,
            matters: """
                Nothing was sent.
                """,
            next: """
                Check the variable that the message names, and no_proxy.
                """),
        Explanation(
            "connection_reset",
            happened: """
                The connection ended, or was no HTTP, before an answer was whole.
                """,
            matters: """
                The request may have arrived.
                """,
            next: """
                Apply again: the same registration twice is safe.
                """),
        Explanation(
            "timed_out",
            happened: """
                No whole answer came within the environment's timeout.
                """,
            matters: """
                The request may have arrived.
                """,
            next: """
                Apply again; raise timeout if the API is slow for long.
                """),
        Explanation(
            "login_page",
            happened: """
                The answer was a web page with status 200.
                """,
            matters: """
                A proxy or portal stands between, so that BankConnect may have seen \
                nothing.
                """,
            next: """
                Sign in there, or go around it with no_proxy, and apply again.
                """),
        Explanation(
            "not_confirmed",
            happened: """
                The Session flow's call answered 200 without its success message.
                """,
            matters: """
                The registration may not be there.
                """,
            next: """
                Apply again; ask the vendor if it stays so.
                """),
        Explanation(
            "not_taken_back",
            happened: """
                An intent was written, nothing was sent, and the record could not be put \
                back.
                """,
            matters: """
                The record says unknown although nothing was sent.
                """,
            next: """
                Mend what the message names, and apply again.
                """),
        Explanation(
            "account_refused",
            happened: """
                Another environment of the same account was refused its credentials in \
                this run.
                """,
            matters: """
                Each further try could lock the account.
                """,
            next: """
                Correct the keys, and apply again.
                """),
        Explanation(
            "no_request",
            happened: """
                An environment's secrets make no request: a URL that is too long or not \
                a URL once they are filled in.
                """,
            matters: """
                Nothing was sent.
                """,
            next: """
                Check webhook_url and the values of its secrets.
                """),
        Explanation(
            "credentials_missing",
            happened: """
                A key, a server hash or a webhook secret is not at hand: its variable is \
                unset or empty, or its file is missing or empty.
                """,
            matters: """
                Nothing is sent before all secrets of the run are there.
                """,
            next: """
                Set what the message names, or narrow the run with --target.
                """),
        Explanation(
            "interrupted",
            happened: """
                A signal ended the run before this was done.
                """,
            matters: """
                What was under way may have arrived; what is skipped was not sent.
                """,
            next: """
                Apply again.
                """),
        Explanation(
            "approval_needed",
            happened: """
                apply was started where nobody can be asked.
                """,
            matters: """
                Nothing is sent without approval.
                """,
            next: """
                Review the plan, then apply --auto-approve, or apply a saved plan.
                """),
        Explanation(
            "not_approved",
            happened: """
                The question was answered with something else than yes.
                """,
            matters: """
                Nothing was sent.
                """,
            next: """
                Run it again if that was a slip.
                """),
        Explanation(
            "open_files",
            happened: """
                The system lets this process open fewer files than the apply needs.
                """,
            matters: """
                Requests would fail in the middle.
                """,
            next: """
                Raise the limit (ulimit -n), or lower --parallelism.
                """),
        Explanation(
            "ca_file",
            happened: """
                The file of trust roots that ca_file names cannot be read, or holds no \
                certificate.
                """,
            matters: """
                The API's certificate could not be verified against it, so that nothing \
                is sent.
                """,
            next: """
                Name a PEM file with at least one certificate, or write none for the \
                system's roots alone.
                """),
        Explanation(
            "no_trust_roots",
            happened: """
                No file of trusted certificates was found.
                """,
            matters: """
                No certificate can be verified, so that nothing is sent.
                """,
            next: """
                Install ca-certificates, or name a file with SSL_CERT_FILE.
                """),
        Explanation(
            "output_file",
            happened: """
                A file that a report was to go to cannot be written, or is one that the \
                run reads.
                """,
            matters: """
                A report in place of a configuration or a record would destroy it.
                """,
            next: """
                Name another file.
                """),
        Explanation(
            "plan_file_unusable",
            happened: """
                The file is no saved plan of this version, or was changed.
                """,
            matters: """
                Nothing that cannot be understood whole is applied.
                """,
            next: """
                Save it anew: bankhook plan --out FILE.
                """),
        Explanation(
            "plan_stale",
            happened: """
                Something that a saved plan was made from has changed: the \
                configuration, a record, a secret, or a change.
                """,
            matters: """
                What was reviewed is not what would be sent.
                """,
            next: """
                Plan and review again.
                """),
        Explanation(
            "unknown_target",
            happened: """
                --target matches no environment, declared or recorded.
                """,
            matters: """
                A run that does nothing would look like one that had nothing to do.
                """,
            next: """
                Correct the name; the message lists those that there are.
                """),
        Explanation(
            "unknown_environment",
            happened: """
                No environment of that name is declared or recorded.
                """,
            matters: """
                Going on would act upon nothing, or upon another one.
                """,
            next: """
                Correct the name; bankhook state list shows what is recorded.
                """),
        Explanation(
            "unknown_code",
            happened: """
                explain was asked for a code that no command prints.
                """,
            matters: """
                A script that matches on it would wait for ever.
                """,
            next: """
                bankhook explain lists all of them.
                """),
        Explanation(
            "internal_error",
            happened: """
                bankhook came to a state that its authors held to be impossible.
                """,
            matters: """
                It stopped rather than guess.
                """,
            next: """
                Report it, with the message. Apply again afterwards: sending is safe.
                """),
        Explanation(
            "refused",
            happened: """
                A safety check refused the whole run, before anything was sent.
                """,
            matters: """
                It is one of those changes that are seldom meant.
                """,
            next: """
                The message says what to do instead, and names what lifts it: --allow \
                protected, mode-downgrade, max-changes, state-behind, probe or \
                unknown-outcome.
                """),
        Explanation(
            "proxy_variable",
            happened: """
                A proxy variable cannot be understood.
                """,
            matters: """
                Requests would go another way than was meant.
                """,
            next: """
                Write http://HOST:PORT, or unset the variable.
                """),
    ]
}
