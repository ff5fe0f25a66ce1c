extension Explanation {
    static let ofPolicy: [Explanation] = [
        Explanation(
            "policy_not_found",
            happened: """
                There is no policy at the path that --policy or BANKHOOK_POLICY names.
                """,
            matters: """
                Going on without the guard would do what it is there to stop.
                """,
            next: """
                Correct the path.
                """),
        Explanation(
            "policy_unreadable",
            happened: """
                The policy file cannot be read, or is no regular file.
                """,
            matters: """
                Going on without the guard would do what it is there to stop.
                """,
            next: """
                Look at its rights and its kind (ls -l).
                """),
        Explanation(
            "policy_twice",
            happened: """
                There is a policy file, and a policy key in the configuration as well.
                """,
            matters: """
                The guard must not stand in the file that it guards.
                """,
            next: """
                Move everything into the policy file, and remove the key.
                """),
        Explanation(
            "policy_in_directory",
            happened: """
                The policy file lies in the directory that is the configuration.
                """,
            matters: """
                It would be read as configuration too, and its owner would be the \
                configuration's.
                """,
            next: """
                Move it out of the directory.
                """),
        Explanation(
            "invalid_host_pattern",
            happened: """
                An entry of webhook_hosts or api_hosts is no host.
                """,
            matters: """
                A pattern that can match nothing, or too much, guards nothing.
                """,
            next: """
                Write a host name; webhook_hosts takes *.NAME as well.
                """),
        Explanation(
            "invalid_variable_pattern",
            happened: """
                An entry of policy.env can match no variable's name.
                """,
            matters: """
                It would allow nothing.
                """,
            next: """
                Use letters, digits and _, and *, ? or [...] for what varies.
                """),
        Explanation(
            "invalid_max_changes",
            happened: """
                max_changes is neither a count nor a percentage.
                """,
            matters: """
                The limit would not hold.
                """,
            next: """
                Write 5 (without quotes), or 30%.
                """),
        Explanation(
            "invalid_history",
            happened: """
                policy.history is neither warn nor require.
                """,
            matters: """
                Whether a check that could not look is an error depends on it.
                """,
            next: """
                Write require, or leave it out for warn.
                """),
        Explanation(
            "webhook_host_not_allowed",
            happened: """
                policy.webhook_hosts does not allow the host of a webhook_url.
                """,
            matters: """
                Deliveries would go to a host that the policy's owner does not know.
                """,
            next: """
                Use an allowed host, or have the policy's owner add this one.
                """),
        Explanation(
            "api_host_not_allowed",
            happened: """
                base_url names a host that is neither BankConnect's nor allowed.
                """,
            matters: """
                The account's keys would be sent there.
                """,
            next: """
                Correct base_url, or have the policy's owner add the host to api_hosts.
                """),
        Explanation(
            "variable_not_allowed",
            happened: """
                policy.env does not allow the variable that a secret is read from.
                """,
            matters: """
                A change of the configuration could send any variable of the runner as a \
                key or in a URL.
                """,
            next: """
                Name an allowed variable, or have the policy's owner add it.
                """),
        Explanation(
            "file_not_allowed",
            happened: """
                policy.files does not allow the file that a secret is read from. Paths \
                are compared as written.
                """,
            matters: """
                A change of the configuration could send any file of the runner as a key \
                or in a URL.
                """,
            next: """
                Name a file in an allowed folder, or have the policy's owner add one.
                """),
    ]
}
