extension Explanation {
    static let ofEmulator: [Explanation] = [
        Explanation(
            "cannot_listen",
            happened: """
                The address or port cannot be listened on.
                """,
            matters: """
                Nothing was started.
                """,
            next: """
                Choose another --port (0 picks a free one) or --host.
                """),
        Explanation(
            "ready_file",
            happened: """
                The file of --ready-file cannot be written.
                """,
            matters: """
                Whoever waits for it would wait for ever.
                """,
            next: """
                Name a file in a folder that exists and may be written to.
                """),
        Explanation(
            "emulator_account",
            happened: """
                An account is not KEY:HASH.
                """,
            matters: """
                The emulator would refuse everybody.
                """,
            next: """
                Write the key, a colon and the server hash.
                """),
        Explanation(
            "accounts_file",
            happened: """
                The file of accounts cannot be read.
                """,
            matters: """
                The emulator would refuse everybody.
                """,
            next: """
                Name a readable file with KEY:HASH a line.
                """),
        Explanation(
            "emulator_fault",
            happened: """
                A fault for the emulator cannot be understood.
                """,
            matters: """
                The failure that was to be rehearsed would not happen.
                """,
            next: """
                Write path=/…,status=503,times=2; emulate --help lists the fields.
                """),
        Explanation(
            "faults_file",
            happened: """
                The file of faults cannot be read or understood.
                """,
            matters: """
                The failures that were to be rehearsed would not happen.
                """,
            next: """
                Write a JSON list of faults, as PUT /_emulator/faults takes it.
                """),
        Explanation(
            "tls_file",
            happened: """
                A certificate or key for the emulator cannot be read.
                """,
            matters: """
                It would not listen over TLS.
                """,
            next: """
                Name two readable PEM files with --tls-cert and --tls-key, or use --tls.
                """),
        Explanation(
            "tls_identity",
            happened: """
                A certificate and a key for the emulator do not belong together, or are \
                none.
                """,
            matters: """
                No client could connect.
                """,
            next: """
                Name the certificate's own key; --tls makes a pair.
                """),
    ]
}
