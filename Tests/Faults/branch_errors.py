"""Lets what git writes fail (faults.md: process and disk, and promise 2, for the git store).

    sh Tests/Faults/errors.sh --store git [--long] [--only TRIAL]

Each call of git that writes a file, syncs, renames or links one fails once, and in other trials it
and all of its kind after it, with each of ENOSPC, EIO, EDQUOT and EROFS: in the clone, or at the
remote, whose disk is another one. Then remotes that go away, or take no push any more, from the
first request on. Before the intents' push nothing may be sent; after it every outcome is recorded,
kept in the clone, or said not to be.
"""

import errno

import runner
import tracer
import trial
import watching

ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS")
O_WRONLY, O_RDWR = 0o1, 0o2
NAMES = {
    "write": {"write", "writev", "pwrite64"},
    "sync": {"fsync", "fdatasync", "syncfs"},
    "rename": {"rename", "renameat", "renameat2", "link", "linkat"},
    "other": {"openat", "mkdir", "mkdirat", "unlink", "unlinkat", "ftruncate"},
}
NAMES["any"] = set().union(*NAMES.values())
KINDS = [("git", name) for name in NAMES] + [("remote", "any")]
APPLY = ("apply", "--auto-approve", "--format", "json")
KEPT = "kept in this clone"


def matters(role, kind):
    def is_of_kind(call):
        if call.role != role or call.name not in NAMES[kind]:
            return False
        if call.name == "openat":
            return bool(call.arguments[2] & (O_WRONLY | O_RDWR))
        if call.name in NAMES["write"]:
            # Pipes and standard output are no disk.
            return call.path().startswith("/") and not call.path().startswith("/dev/")
        return True

    return is_of_kind


def failing(bench, folder, role, kind, error, point, lasting):
    action = ("fail", getattr(errno, error))
    points = tracer.Points(matters(role, kind), point, action, lasts=lasting != "once")
    run, start, tips = traced(bench, folder, points)
    kind = judged(bench, folder, run, start, tips, points.hit or "nothing")
    return kind if points.hit else "ended before"


class Spoiled:
    """Does something to the remote when the first request is about to leave."""

    def __init__(self, spoil):
        self.spoil, self.is_main, self.hit = spoil, True, None

    def __call__(self, call):
        if self.hit is None and call.role == "bankhook" and trial.is_to_server(call):
            self.hit = "connect"
            self.spoil()


def spoiled(bench, folder, how):
    """A remote that is gone, takes no push, or takes one and says that it did not."""
    remote, away = folder / "remote.git", folder / "away.git"
    hook = remote / "hooks"

    def spoil():
        if how == "away":
            remote.rename(away)
            return
        hook.mkdir()
        name = "pre-receive" if how == "refusing" else "post-receive"
        last = "exit 1" if how == "refusing" else "kill -9 $PPID"
        (hook / name).write_text(f"#!/bin/sh\necho no room >&2\n{last}\n")
        (hook / name).chmod(0o755)

    run, start, tips = traced(bench, folder, Spoiled(spoil))
    if away.exists():
        away.rename(remote)
    elif hook.exists():
        for one in hook.iterdir():
            one.unlink()
        hook.rmdir()
    states, kept = bench.states(folder), bench.store.kept(folder)
    if how == "silent":
        if run.status != 0:
            raise trial.Violation(f"a push that arrived is not recognised: {run}")
    else:
        for item in bench.fleet:
            if item.changes and (states[item.name] != "pending" or item.name not in kept):
                raise trial.Violation(f"the outcome of {item.name} is not kept: {run}")
        if run.status != 3:
            raise trial.Violation(f"expected exit status 3: {run}")
    return f"a remote that is {how}: " + judged(bench, folder, run, start, tips, how)


def traced(bench, folder, points):
    start = len(bench.log())
    watch = watching.Watch(points, bench.store, folder)
    run = bench.traced(folder, watch, *APPLY, follows=True)
    return run, start, watch.tips


def judged(bench, folder, run, start, tips, what):
    try:
        return judge(bench, folder, run, start, tips)
    except trial.Violation as violation:
        raise trial.Violation(f"{violation}\n{what} failed; {run}") from None


def judge(bench, folder, run, start, tips):
    sent, states, kept = bench.sent(start), bench.states(folder), bench.store.kept(folder)
    bench.store.intended(bench, folder, tips, sent)
    outcomes, output = {}, run.json() if run.output else {}
    outcomes = {one["environment"]: one for one in output.get("outcomes", [])}
    if run.status not in (0, 1, 3) or (run.status == 1 and any(sent.values())):
        raise trial.Violation(f"exit status {run.status}; sent: {sent}")
    if run.status != 0 and not run.error and not outcomes:
        raise trial.Violation("a failure without a word")
    if KEPT in run.error + run.output and not kept and "pending" in states.values():
        raise trial.Violation("an outcome is said to be kept in the clone, and is not")
    for item in bench.fleet:
        outcome = outcomes.get(item.name, {"outcome": None, "error": None})
        judge_one(item, run, outcome, sent[item.name], states[item.name], item.name in kept)
    bench.plan_tells(folder, states)
    again = bench.converges(folder)
    bench.is_registered()
    for item in bench.fleet:
        due = item.changes and states[item.name] != "settled" and item.name not in kept
        if again[item.name] != due:
            raise trial.Violation(f"{item.name}: {states[item.name]}, then sent again: {again}")
    return kind_of(run, output, kept)


def judge_one(item, run, outcome, sent, state, is_kept):
    def must(holds, what):
        if not holds:
            raise trial.Violation(
                f"{item.name}: {what}; outcome {outcome['outcome']}, {sent} requests, "
                f"record {state}, kept: {is_kept}"
            )

    must(sent <= 1, "sent twice")
    if not item.changes:
        must(sent == 0 and state == "old", "there was nothing to do")
        return
    if run.status == 0:
        must(outcome["outcome"] == "applied", "exit status 0")
    match outcome["outcome"]:
        case "applied":
            must(state == "settled" and sent == 1, "a success that is not on the branch")
        case "applied_but_not_recorded":
            must(sent == 1 and state != "old", "applied but not recorded: pending must stay")
            must(outcome["error"], "no cause")
        case "failed" | "skipped":
            must(sent == 0 and outcome["error"], "a failure to record the intent")
        case "in_doubt":
            must(sent == 0 and state != "settled" and outcome["error"], "doubt, and why?")
        case None:
            must(sent == 0 and state != "settled", "no outcome is told")
        case other:
            must(False, f"outcome {other}")


def kind_of(run, output, kept):
    if run.status == 0:
        return "did not matter"
    summary = output.get("summary")
    if not summary:
        return "an error before anything was sent"
    kinds = ("applied_but_not_recorded", "in_doubt", "failed")
    said = " and ".join(kind.replace("_", " ") for kind in kinds if summary[kind])
    return (said or "after the end") + (", kept" if kept else "")


#: How many trials the short form takes.
SHARES = {
    ("git", "write"): 3,
    ("git", "sync"): 2,
    ("git", "rename"): 3,
    ("git", "other"): 3,
    ("git", "any"): 5,
    ("remote", "any"): 4,
}
SPOILED = ("away", "refusing", "silent")


def trials(role, kind, calls):
    for point in range(1, calls + 1):
        for error in ERRORS:
            for lasting in ("once", "lasting"):
                yield role, kind, error, point, lasting


def jobs(found, spread):
    """All trials or a sample of them, and how many there are."""
    counted = {f"{role}-{kind}": matters(role, kind) for role, kind in KINDS}
    calls = runner.count(found, "mixed", counted, APPLY, follows=True)
    chosen = [(spoiled, f"remote:{how}", "mixed", (how,)) for how in SPOILED]
    total = len(chosen)
    for role, kind in KINDS:
        every = list(trials(role, kind, calls[f"{role}-{kind}"]))
        total += len(every)
        if not (found.long or found.only):
            every = spread(every, SHARES[role, kind])
        chosen += [(failing, ":".join(map(str, one)), "mixed", one) for one in every]
    return chosen, total
