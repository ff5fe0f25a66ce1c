extension Explanation {
    static let ofConfiguration: [Explanation] = [
        Explanation(
            "config_not_found",
            happened: """
                There is no configuration at the path that was named, or at \
                ./bankhook.yaml where none was.
                """,
            matters: """
                bankhook does not search other folders: a file that is found by accident \
                could be applied.
                """,
            next: """
                Name it with --config PATH or BANKHOOK_CONFIG, or make one with bankhook \
                init.
                """),
        Explanation(
            "config_unreadable",
            happened: """
                The configuration cannot be read, is no regular file or directory, or is \
                a link that leaves its directory.
                """,
            matters: """
                Whoever owns the directory must own what it says.
                """,
            next: """
                Look at its rights and its kind (ls -l), and put the file itself there.
                """),
        Explanation(
            "config_exists",
            happened: """
                init was to write a configuration where there is a file already.
                """,
            matters: """
                It would be lost.
                """,
            next: """
                Name another file with --config, or go on with the one that is there.
                """),
        Explanation(
            "config_not_written",
            happened: """
                init cannot write the configuration.
                """,
            matters: """
                There is nothing to go on with.
                """,
            next: """
                Name a file in a folder that exists and may be written to.
                """),
        Explanation(
            "missing_field",
            happened: """
                A field that is required stands neither in the environment nor in \
                defaults.
                """,
            matters: """
                bankhook assumes no URL and no mode: BankConnect would take a mode that \
                is left out as 0.
                """,
            next: """
                Write the field there or in defaults.
                """),
        Explanation(
            "unknown_key",
            happened: """
                A key is none that this version knows at that place; a near one is \
                suggested.
                """,
            matters: """
                A misspelled field that is ignored in silence would leave its default in \
                force.
                """,
            next: """
                Correct the spelling. Keys that begin with x- at the top level are free \
                for anchors.
                """),
        Explanation(
            "wrong_type",
            happened: """
                A value is of another kind than its field takes: a list for a text, a \
                text for a number.
                """,
            matters: """
                Guessing what was meant could register the wrong thing.
                """,
            next: """
                Write the kind that the message names; bankhook config show prints what \
                was understood.
                """),
        Explanation(
            "null_value",
            happened: """
                A field has no value behind its colon.
                """,
            matters: """
                Whether that means the default or nothing is not clear to a reader.
                """,
            next: """
                Write the word that the message names (off, none, never, false), or \
                leave the key out.
                """),
        Explanation(
            "not_supported",
            happened: """
                The configuration, an option or a variable asks for something that this \
                version does not have.
                """,
            matters: """
                What is accepted and ignored would look as if it held.
                """,
            next: """
                Leave it out, or use a version that has it (see the changelog).
                """),
        Explanation(
            "unknown_version",
            happened: """
                The version of the configuration's language is not 1.
                """,
            matters: """
                A later language may mean other things by the same words.
                """,
            next: """
                Write version: 1, or use a bankhook that knows that version.
                """),
        Explanation(
            "unknown_flow",
            happened: """
                flow is neither entity nor session.
                """,
            matters: """
                The two are different calls of BankConnect.
                """,
            next: """
                Write entity or session; leave it out for entity.
                """),
        Explanation(
            "unknown_webhook_mode",
            happened: """
                webhook_mode is none of the known words or numbers, or a spelling that \
                YAML would read in more than one way.
                """,
            matters: """
                A wrong mode silently stops or starts webhooks for manual uploads.
                """,
            next: """
                Write net_banking (0) or net_banking_and_manual (1), and with flow: \
                session also all (3).
                """),
        Explanation(
            "invalid_duration",
            happened: """
                A length of time cannot be understood.
                """,
            matters: """
                A time-out or an age that is read wrongly changes when something is \
                sent.
                """,
            next: """
                Write a whole number and s, m, h or d, such as 30s or 7d.
                """),
        Explanation(
            "out_of_range",
            happened: """
                A value is understood and outside of what its field allows.
                """,
            matters: """
                The field would not do what its name says.
                """,
            next: """
                Use a value in the range that the message names.
                """),
        Explanation(
            "value_too_long",
            happened: """
                A value is longer, or has more braces, than any real one.
                """,
            matters: """
                A wrong text was probably pasted there.
                """,
            next: """
                Shorten it.
                """),
        Explanation(
            "invalid_url",
            happened: """
                A URL breaks one of the rules: https, a public host, no user info, no \
                fragment, characters of RFC 3986.
                """,
            matters: """
                BankConnect calls this URL with what customers' banks say of them; a \
                wrong host receives it.
                """,
            next: """
                Mend what the message names. Placeholders ({token}) and webhook_secrets \
                keep what is secret out of the file.
                """),
        Explanation(
            "invalid_environment_name",
            happened: """
                The name of an environment has other characters than a-z, 0-9, '.', '_' \
                and '-', or is too long.
                """,
            matters: """
                Names are names of state files, on every file system.
                """,
            next: """
                Rename it; bankhook state move keeps its record.
                """),
        Explanation(
            "environment_twice",
            happened: """
                Two files of the configuration's directory declare the same environment. \
                Both places are shown.
                """,
            matters: """
                Which of the two is applied would depend on the names of the files.
                """,
            next: """
                Remove one of the two, or rename it.
                """),
        Explanation(
            "invalid_placeholder_name",
            happened: """
                A name under webhook_secrets cannot be a placeholder's.
                """,
            matters: """
                It is what stands in braces in the URL.
                """,
            next: """
                Use a lower-case letter, then letters, digits and _; if a real key was \
                pasted there, rotate it.
                """),
        Explanation(
            "unknown_placeholder",
            happened: """
                A text holds a {placeholder} that nothing fills.
                """,
            matters: """
                Sent as it is, it would be registered with its braces.
                """,
            next: """
                Declare it under webhook_secrets, or correct its spelling; {environment} \
                works in defaults only.
                """),
        Explanation(
            "unused_secret",
            happened: """
                A webhook secret is declared, and no URL uses it.
                """,
            matters: """
                A URL that lost its unguessable part accepts everybody's calls.
                """,
            next: """
                Put {name} into the URL, or remove the secret.
                """),
        Explanation(
            "secret_reference",
            happened: """
                A reference to a secret is not exactly one of env and file.
                """,
            matters: """
                Where the secret comes from would be unclear.
                """,
            next: """
                Write { env: NAME } or { file: PATH }.
                """),
        Explanation(
            "literal_secret",
            happened: """
                A value stands where a reference to a secret belongs. It is not repeated \
                in the message.
                """,
            matters: """
                Whoever reads the repository, its history and its backups reads the key.
                """,
            next: """
                Write { env: NAME } or { file: PATH }. If it was a real key, rotate it: \
                removing the line does not take it out of history.
                """),
        Explanation(
            "invalid_path",
            happened: """
                A path is empty, too long, or holds what no path can.
                """,
            matters: """
                bankhook would read or write somewhere else than it says.
                """,
            next: """
                Write a path relative to the file that names it, or an absolute one.
                """),
        Explanation(
            "state_twice",
            happened: """
                state names both a directory and a branch.
                """,
            matters: """
                There is one memory of what was registered; two could differ.
                """,
            next: """
                Keep one of them. bankhook state migrate copies the records.
                """),
        Explanation(
            "invalid_lease",
            happened: """
                The lease of the git store is shorter than three times the longest \
                time-out, or out of its range.
                """,
            matters: """
                A request could still be under way when its lock ends.
                """,
            next: """
                Make the lease longer (30s to 1h), or the longest timeout shorter.
                """),
        Explanation(
            "account_conflict",
            happened: """
                Two environments are one BankConnect account and want different \
                registrations.
                """,
            matters: """
                An account has one registration: each apply of one would overwrite the \
                other, for ever.
                """,
            next: """
                Give them different credentials, or the same URL and mode, or remove \
                one.
                """),
        Explanation(
            "invalid_remote",
            happened: """
                The remote of the git store holds user info, a placeholder, an option, \
                or the name of a program.
                """,
            matters: """
                A password there is in the repository for everybody; a program would be \
                started.
                """,
            next: """
                Name a remote of the clone, such as origin, or a URL without a password; \
                sign in by ssh, a credential helper or GIT_ASKPASS.
                """),
        Explanation(
            "invalid_branch",
            happened: """
                The branch of the git store has a name that git does not take \
                everywhere.
                """,
            matters: """
                The store would not be found again.
                """,
            next: """
                Use A-Z a-z 0-9 . _ - and / only, such as bankhook-state.
                """),
        Explanation(
            "unknown_probe",
            happened: """
                probe is none of off, warn and require.
                """,
            matters: """
                Whether an endpoint is tried before it is registered depends on it.
                """,
            next: """
                Write off, warn or require.
                """),
        Explanation(
            "invalid_header_name",
            happened: """
                A name under probe_headers is no header's.
                """,
            matters: """
                The probe could not be sent.
                """,
            next: """
                Use letters, digits and -, such as X-Auth.
                """),
        Explanation(
            "reserved_header",
            happened: """
                A name under probe_headers is a header that the probe itself sets, or \
                that belongs to the connection.
                """,
            matters: """
                The probe would not be what BankConnect sends.
                """,
            next: """
                Choose another header, one that the receiver agreed on.
                """),
        Explanation(
            "header_twice",
            happened: """
                Two names under probe_headers differ by case only.
                """,
            matters: """
                They are one header, and which value counts is not clear.
                """,
            next: """
                Remove one of the two.
                """),
    ]
}
