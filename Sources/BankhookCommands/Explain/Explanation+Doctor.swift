extension Explanation {
    static let ofDoctor: [Explanation] = [
        Explanation(
            "not_checked",
            happened: """
                doctor could not look at something; its message says why.
                """,
            matters: """
                It may be right or wrong: what was not looked at is never called ok.
                """,
            next: """
                Mend what stands in the way, and run doctor again. Where the time was too short for \
                all hosts, look at some of them with --target.
                """),
        Explanation(
            "configuration_invalid",
            happened: """
                The configuration, or the policy file, has mistakes.
                """,
            matters: """
                Nothing is planned or applied until it has none.
                """,
            next: """
                Run bankhook validate: it shows each mistake with its line.
                """),
        Explanation(
            "no_environment",
            happened: """
                The configuration declares no environment.
                """,
            matters: """
                There is nothing to apply, and what is recorded counts as no longer declared.
                """,
            next: """
                Declare one; bankhook init writes a file to begin with.
                """),
        Explanation(
            "no_policy",
            happened: """
                A CI uses the configuration, and no policy guards it.
                """,
            matters: """
                Whoever may change the configuration may send every webhook elsewhere.
                """,
            next: """
                Write a policy file with an owner of its own, and name it with --policy or \
                BANKHOOK_POLICY.
                """),
        Explanation(
            "clock_behind",
            happened: """
                This machine's clock is earlier than a moment at which something is known to have \
                been recorded or committed.
                """,
            matters: """
                Ages, leases and certificates are judged by the clock: a wrong one sends too \
                early, too late, or under somebody else's lock.
                """,
            next: """
                Set the clock. If it is right, the machine that recorded or committed had a wrong \
                one: apply --reassert records anew.
                """),
        Explanation(
            "certificate_ends",
            happened: """
                The certificate of a host of the API ends in less than 14 days.
                """,
            matters: """
                Once it has ended nothing is sent: verification cannot be turned off.
                """,
            next: """
                Whoever runs that host has to renew it.
                """),
        Explanation(
            "endpoint_not_public",
            happened: """
                The host of a webhook_url leads to an address that only a local network reaches, \
                asked from this machine.
                """,
            matters: """
                BankConnect calls from the internet: its webhooks would not arrive.
                """,
            next: """
                Give the host a public address. Where names differ inside and outside your \
                network, ask from outside.
                """),
        Explanation(
            "configuration_uncommitted",
            happened: """
                The configuration in the work tree is not the one that HEAD's commit holds.
                """,
            matters: """
                A record names the commit that it was applied from, so that others can see what \
                was meant.
                """,
            next: """
                Commit the configuration before an apply.
                """),
    ]
}
