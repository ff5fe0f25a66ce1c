extension Explanation {
    static let ofBranch: [Explanation] = [
        Explanation(
            "no_git_store",
            happened: """
                A command is about the git store, and the configuration keeps its state \
                in a directory, or names no git store.
                """,
            matters: """
                There is no branch to act upon.
                """,
            next: """
                Write state: { git: { remote: origin, branch: bankhook-state } }.
                """),
        Explanation(
            "git_missing",
            happened: """
                There is no git program on the PATH.
                """,
            matters: """
                The store cannot be reached.
                """,
            next: """
                Install git.
                """),
        Explanation(
            "no_repository",
            happened: """
                The configuration stands in no git repository.
                """,
            matters: """
                The git store keeps its refs in a clone.
                """,
            next: """
                Run bankhook in a clone of the repository that has the remote.
                """),
        Explanation(
            "repository_foreign_owned",
            happened: """
                The repository belongs to another user, and git refuses to read it.
                """,
            matters: """
                Its settings could start programs.
                """,
            next: """
                If you trust it: git config --global --add safe.directory PATH.
                """),
        Explanation(
            "state_branch_missing",
            happened: """
                The remote has no such branch, or none any more.
                """,
            matters: """
                A deleted branch is never "nothing recorded": that would register a \
                whole fleet anew.
                """,
            next: """
                The first time: bankhook state init. If it was there: push it again from \
                a clone; the message has the command.
                """),
        Explanation(
            "state_branch_rewritten",
            happened: """
                The branch does not descend any more from what this clone last saw.
                """,
            matters: """
                Records may have been dropped by a force push.
                """,
            next: """
                Find out who rewrote it. Restore it, or accept it: bankhook state \
                accept-rewrite --tip ID.
                """),
        Explanation(
            "git_sign_in",
            happened: """
                git could not sign in at the remote.
                """,
            matters: """
                The store cannot be reached, so that nothing was sent.
                """,
            next: """
                Sign in by ssh, a credential helper or GIT_ASKPASS; the message names \
                the variables that were not passed on.
                """),
        Explanation(
            "state_branch_unreachable",
            happened: """
                The remote could not be reached.
                """,
            matters: """
                Nothing is sent while the records cannot be read.
                """,
            next: """
                See what git ls-remote says, and run it again.
                """),
        Explanation(
            "push_refused",
            happened: """
                The remote took no push: a protected branch, a hook, missing rights.
                """,
            matters: """
                Without its intent on the branch nothing is sent.
                """,
            next: """
                Let this run's account write the branch, but not force or delete it.
                """),
        Explanation(
            "push_contended",
            happened: """
                Others pushed so often that this run did not get through.
                """,
            matters: """
                Nothing was claimed that did not get there.
                """,
            next: """
                Run it again; spread a large fleet with --shard.
                """),
        Explanation(
            "git_failed",
            happened: """
                git failed in this repository.
                """,
            matters: """
                What it was to do was not done.
                """,
            next: """
                The message has git's words; a lock file that a killed git left is named \
                there.
                """),
        Explanation(
            "state_changed",
            happened: """
                Records changed on the branch after the plan was made.
                """,
            matters: """
                What was shown is not what would be sent.
                """,
            next: """
                Run it again: it plans anew.
                """),
        Explanation(
            "lease_ended",
            happened: """
                The lease of an environment ended, or somebody took it over, before its \
                request could leave or its outcome was recorded.
                """,
            matters: """
                Sending under somebody else's lock could register in the wrong order.
                """,
            next: """
                See bankhook plan, and apply again if it says so.
                """),
        Explanation(
            "outcome_not_pushed",
            happened: """
                An outcome could not be pushed and is kept in this clone.
                """,
            matters: """
                Where clones do not last, it goes with the clone.
                """,
            next: """
                bankhook state push, or apply again, in this clone.
                """),
        Explanation(
            "outcome_kept_elsewhere",
            happened: """
                This clone keeps outcomes, and not for this remote, branch and path.
                """,
            matters: """
                They are on no branch, and nobody else has them.
                """,
            next: """
                Name remote, branch and path as they were, and push again; or see what \
                they hold (git show REF) and drop them.
                """),
        Explanation(
            "kept_outcome_unreadable",
            happened: """
                An outcome that is kept in this clone has lost its objects.
                """,
            matters: """
                It cannot be pushed any more.
                """,
            next: """
                git fsck tells more. git update-ref -d REF drops it; its environment \
                stays unknown until the next apply.
                """),
        Explanation(
            "state_not_migrated",
            happened: """
                The branch holds no record, and a directory beside it does.
                """,
            matters: """
                Going on would register anew what is recorded there.
                """,
            next: """
                bankhook state migrate --from directory --to git.
                """),
        Explanation(
            "state_not_empty",
            happened: """
                The destination of a migration holds records.
                """,
            matters: """
                They would be overwritten.
                """,
            next: """
                Migrate into an empty store.
                """),
        Explanation(
            "unknown_lock",
            happened: """
                No lock has that id.
                """,
            matters: """
                Ending another one could let two applies send at once.
                """,
            next: """
                bankhook plan prints the id of a lock that is held.
                """),
    ]
}
