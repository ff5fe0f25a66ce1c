extension Explanation {
    static let ofPlan: [Explanation] = [
        Explanation(
            "not_recorded",
            happened: """
                There is no record of this environment: bankhook never applied it from \
                this state. In an outcome of apply: its record could not be written.
                """,
            matters: """
                BankConnect may have a registration all the same, from somebody else or \
                from a state that was lost. Sending again is safe.
                """,
            next: """
                In a plan: apply. In an outcome: mend what the message says of the disk \
                or the branch, and apply again; until then its outcome counts as \
                unknown.
                """),
        Explanation(
            "field_changed",
            happened: """
                A field of the registration differs between the configuration and the \
                record.
                """,
            matters: """
                Apply sends the whole registration with the new value.
                """,
            next: """
                Review before and after, then apply.
                """),
        Explanation(
            "account_changed",
            happened: """
                The credentials are others than those that the record was made with: a \
                rotated key, or another account.
                """,
            matters: """
                bankhook knows an account by its keys alone. If it is another one, the \
                old account keeps its registration: nothing can remove it.
                """,
            next: """
                Compare the key with what the vendor gave you, then apply: it sends with \
                the new one. Point an old account elsewhere first if it must stop.
                """),
        Explanation(
            "record_removed",
            happened: """
                HEAD has a record of this environment, and its file is gone.
                """,
            matters: """
                It is registered again as if for the first time. What the record guarded \
                is not looked at: a lowered mode, and an outcome that nobody knows.
                """,
            next: """
                Take it back with git checkout HEAD -- FILE, and plan again. If it was \
                meant, by state forget for one, commit the removal.
                """),
        Explanation(
            "record_uncommitted",
            happened: """
                doctor found records that are not in HEAD as they are here.
                """,
            matters: """
                A clone elsewhere does not know of them, and registers again what it \
                does not know.
                """,
            next: """
                Commit and push the state files, after each apply.
                """),
        Explanation(
            "secret_rotated",
            happened: """
                The value of a webhook secret is another one than was registered.
                """,
            matters: """
                BankConnect still calls the URL with the old value.
                """,
            next: """
                Let the receiver accept both values first, then apply. It may drop the old one once \
                deliveries arrive at the new one.
                """),
        Explanation(
            "outcome_unknown",
            happened: """
                An apply wrote down what it was about to send and never learned what \
                became of it. For state forget and state import: the record is such a \
                one.
                """,
            matters: """
                BankConnect may have the new registration or the old one, and cannot be \
                asked.
                """,
            next: """
                Apply again: sending is safe, and a 200 ends the doubt.
                """),
        Explanation(
            "reassert_due",
            happened: """
                The record is older than reassert_after allows.
                """,
            matters: """
                Somebody else may have changed the registration since; bankhook cannot \
                see that.
                """,
            next: """
                Apply sends it again, unchanged.
                """),
        Explanation(
            "recorded_in_future",
            happened: """
                The record says a time that has not come yet.
                """,
            matters: """
                A clock was wrong, here or where it was applied, so that its age means \
                nothing.
                """,
            next: """
                Check the clock; apply sends it again.
                """),
        Explanation(
            "requested",
            happened: """
                --reassert asked to send it again.
                """,
            matters: """
                It is sent although nothing differs.
                """,
            next: """
                Nothing more: this is what was asked for.
                """),
        Explanation(
            "rolled_back",
            happened: """
                git's history holds a later version of this record than the one that is \
                checked out.
                """,
            matters: """
                A revert took state and configuration back, while the newer registration \
                is still at BankConnect.
                """,
            next: """
                Apply sends what the configuration says now. To go back on purpose, \
                revert the configuration only, never the state.
                """),
        Explanation(
            "forked",
            happened: """
                Two applies recorded the same serial in different branches.
                """,
            matters: """
                One of the two was sent last, and neither record can tell which.
                """,
            next: """
                Apply sends what the configuration says now. Let one pipeline apply at a \
                time, or use the git store.
                """),
        Explanation(
            "recorded",
            happened: """
                The record says the same as the configuration.
                """,
            matters: """
                It was registered then; nobody can read it back from BankConnect.
                """,
            next: """
                Nothing. Set reassert_after where others might call update_webhook.
                """),
        Explanation(
            "imported",
            happened: """
                The record was made by state import: somebody said that this is \
                registered, and bankhook never sent it.
                """,
            matters: """
                It is as true as whoever said so.
                """,
            next: """
                Apply with --reassert makes it known rather than believed.
                """),
        Explanation(
            "not_declared",
            happened: """
                A record has no environment in the configuration any more.
                """,
            matters: """
                BankConnect keeps the registration, and goes on calling its URL.
                """,
            next: """
                Declare it again, or bankhook state forget NAME once its receiver may \
                go. state move, if it was renamed.
                """),
        Explanation(
            "mode_downgrade",
            happened: """
                The mode goes from net_banking_and_manual (1) to net_banking (0).
                """,
            matters: """
                BankConnect stops webhooks for manual uploads at once, and says so \
                nowhere.
                """,
            next: """
                If that is meant: --allow mode-downgrade. Else write \
                net_banking_and_manual.
                """),
        Explanation(
            "account_not_compared",
            happened: """
                No credentials were at hand, so that the plan could not tell whether the \
                account is still the same.
                """,
            matters: """
                A change of credentials would not show in this plan.
                """,
            next: """
                Nothing in a pull request, where no secrets belong. Else set the \
                variables that the message names.
                """),
        Explanation(
            "history_incomplete",
            happened: """
                git's history of the records could not be looked at, or not all of it: \
                no work tree, a shallow or partial clone, a failure of git.
                """,
            matters: """
                A rollback or a fork would go unseen.
                """,
            next: """
                Check out the whole history (fetch-depth: 0). policy.history: require \
                makes it an error.
                """),
        Explanation(
            "state_behind",
            happened: """
                Another branch holds a later version of this record than this checkout.
                """,
            matters: """
                What this configuration says is probably older than what was applied \
                last; applying would undo it.
                """,
            next: """
                Merge or check out the newer branch. --allow state-behind sends the \
                older one all the same.
                """),
        Explanation(
            "state_on_runner",
            happened: """
                The state lies in a folder of a CI runner that git does not track.
                """,
            matters: """
                The runner's disk is thrown away, and the only memory of what was \
                registered with it.
                """,
            next: """
                Commit the records after every apply, or use the git store.
                """),
        Explanation(
            "orphan_unknown",
            happened: """
                A record without an environment has an outcome that nobody knows.
                """,
            matters: """
                Its account may have a registration that no configuration mentions.
                """,
            next: """
                Declare it again and apply, or forget it with --allow unknown-outcome.
                """),
        Explanation(
            "shared_credentials",
            happened: """
                Two environments use the same credentials at two hosts or in two flows; \
                or a record without an environment is of an account that a declared one \
                uses.
                """,
            matters: """
                An account has one registration. Whether two hosts or flows share it is \
                documented nowhere: one apply may overwrite the other.
                """,
            next: """
                Use different accounts, or make both registrations the same. Drop a \
                record that is obsolete with bankhook state forget; state move, if it \
                was renamed.
                """),
        Explanation(
            "first_contact",
            happened: """
                Keys are about to be sent to a host that is neither BankConnect's nor one \
                that any record names.
                """,
            matters: """
                Whoever answers there gets the account's keys.
                """,
            next: """
                Compare base_url with what the vendor gave you, then apply. Once it is \
                recorded, the warning ends.
                """),
        Explanation(
            "being_applied",
            happened: """
                Another apply holds this environment at this moment.
                """,
            matters: """
                The plan may be old by the time it ends.
                """,
            next: """
                Wait for it. If its process is dead, the lock ends by itself, or by \
                bankhook state unlock --id.
                """),
        Explanation(
            "network_file_system",
            happened: """
                The state's directory lies on a network file system.
                """,
            matters: """
                Locks and syncs may not hold there, so that two applies could run at \
                once.
                """,
            next: """
                Keep it on a local disk and commit it, or use the git store.
                """),
        Explanation(
            "unexpected_body",
            happened: """
                BankConnect answered 200 with a body that is not what its documentation \
                shows.
                """,
            matters: """
                A proxy or a changed API may have answered; the status alone counts.
                """,
            next: """
                Look at what the message shows; apply again if a proxy answered.
                """),
        Explanation(
            "probe_failed",
            happened: """
                The endpoint did not answer a probe with exactly 200, before it was to \
                be registered.
                """,
            matters: """
                BankConnect takes any other answer as a failure, so that its webhooks \
                would be lost.
                """,
            next: """
                bankhook probe NAME says more. With probe: require nothing was sent; \
                --allow probe registers it all the same.
                """),
        Explanation(
            "outcome_kept",
            happened: """
                An outcome of this environment is kept in this clone, and the branch \
                does not have it.
                """,
            matters: """
                What the plan shows is older than what BankConnect confirmed.
                """,
            next: """
                bankhook state push here, before the clone goes; apply does so first.
                """),
    ]
}
