extension Explanation {
    static let ofState: [Explanation] = [
        Explanation(
            "state_damaged",
            happened: """
                A record's bytes are not what they were when they were written: cut, \
                edited, merged, or of another version.
                """,
            matters: """
                A damaged record is an error, never "nothing recorded": that would \
                register anew what may be there.
                """,
            next: """
                Restore it from git: git log -- FILE finds the last good version, git checkout \
                COMMIT -- FILE takes it back. Only where none is left, remove the file and apply: \
                that registers again, and no longer notices a lowered mode or what was in doubt; \
                its history begins anew.
                """),
        Explanation(
            "state_not_a_record",
            happened: """
                Something among the records is no plain file, too large, or has a name \
                that is no environment's.
                """,
            matters: """
                What it was meant to be is unknown.
                """,
            next: """
                Move it away, or restore the record from git.
                """),
        Explanation(
            "state_not_a_directory",
            happened: """
                Something stands where the directory of the records should be.
                """,
            matters: """
                Records cannot be read or written there.
                """,
            next: """
                Move it away, or name another directory in state.directory.
                """),
        Explanation(
            "state_directory_replaced",
            happened: """
                The directory of the records was removed or replaced while bankhook used \
                it.
                """,
            matters: """
                What was written may lie in a directory that nobody reads.
                """,
            next: """
                Find out what replaced it (a checkout, a clean-up), and apply again.
                """),
        Explanation(
            "state_unusable",
            happened: """
                The system refused to read or write a record.
                """,
            matters: """
                No success is claimed before its record is durable.
                """,
            next: """
                Mend what the message says (rights, a full disk), and run it again.
                """),
        Explanation(
            "state_names_differ_by_case",
            happened: """
                Two records differ by upper and lower case only.
                """,
            matters: """
                On some file systems they are one file.
                """,
            next: """
                Rename one of them.
                """),
        Explanation(
            "state_shared_lineage",
            happened: """
                Two records are of one lineage: one is a copy of the other, or a move \
                was cut short.
                """,
            matters: """
                Both claim to be the memory of one registration.
                """,
            next: """
                Run bankhook state move again, or remove the copy.
                """),
        Explanation(
            "state_inconsistent",
            happened: """
                A version of a record contradicts itself.
                """,
            matters: """
                It was not written by bankhook.
                """,
            next: """
                Look at the commit that the message names, and restore the version \
                before it.
                """),
        Explanation(
            "chain_broken",
            happened: """
                A version of a record does not follow from the one before it in git's \
                history.
                """,
            matters: """
                Somebody edited, reordered or invented it.
                """,
            next: """
                Look at the commit that the message names.
                """),
        Explanation(
            "chain_gap",
            happened: """
                A version between two others was never committed.
                """,
            matters: """
                What it said is lost; the registration that it stood for was replaced \
                since.
                """,
            next: """
                Commit the records after every apply, also a failed one.
                """),
        Explanation(
            "locked",
            happened: """
                Another apply holds the lock of this state, or the lease of these \
                environments.
                """,
            matters: """
                Two at once could send in one order and record in another.
                """,
            next: """
                Wait, or use --lock-timeout. A lock of a process ends with it; a lease \
                of the git store by itself, or by bankhook state unlock --id.
                """),
        Explanation(
            "locks_unsupported",
            happened: """
                The file system of the records has no locks.
                """,
            matters: """
                Two applies could run at once and not know.
                """,
            next: """
                Keep the records on a local disk, or use the git store.
                """),
        Explanation(
            "already_recorded",
            happened: """
                There is a record under that name.
                """,
            matters: """
                Importing or moving over it would lose it.
                """,
            next: """
                Apply to change it; forget it first if it is obsolete.
                """),
        Explanation(
            "move_unfinished",
            happened: """
                A move of a record was cut short.
                """,
            matters: """
                The record stands under both names.
                """,
            next: """
                Run bankhook state move again with the same names: it finishes what is \
                left.
                """),
        Explanation(
            "invalid_name",
            happened: """
                The new name cannot be an environment's.
                """,
            matters: """
                Names are names of state files.
                """,
            next: """
                Lower-case letters, digits, and . _ - inside; at most 63.
                """),
        Explanation(
            "nothing_to_migrate",
            happened: """
                The place that records are to be copied from holds none, or does not \
                exist.
                """,
            matters: """
                A misspelled path would look like a migration that succeeded, and the \
                next apply would register everything anew.
                """,
            next: """
                Name the store that holds them: --from directory:PATH or --from git.
                """),
    ]
}
