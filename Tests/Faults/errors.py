"""Lets writes, syncs, renames and the rest of what a disk is asked for fail (faults.md: process and
disk, and the second promise).

    sh Tests/Faults/errors.sh [--long] [--only TRIAL]       (--store git: see branch_errors.py)

Each call from main on fails once, and in other trials it and all of its kind after it, or
everything after it, with each of ENOSPC, EIO, EDQUOT and EROFS. A call that fails here does not
happen. What a failed sync was for is not counted as durable, whatever the page cache shows, until
it is written anew: that is what the kernel promises.
"""

import errno

import branch_errors
import records
import runner
import tracer
import trial

ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS")
SYNCS = {"fsync", "fdatasync", "syncfs"}
KINDS = {
    # bankhook writes files with pwrite alone: write(2) is for sockets, output and waking threads.
    "write": {"pwrite64"},
    "sync": SYNCS,
    "sync-all": {"syncfs"},
    "rename": {"rename", "renameat", "renameat2"},
    "other": {"openat", "mkdir", "mkdirat", "unlink", "unlinkat", "ftruncate"},
}
KINDS["any"] = set().union(*KINDS.values())
O_WRONLY, O_RDWR, O_CREAT = 0o1, 0o2, 0o100
APPLY = ("apply", "--auto-approve", "--format", "json")


def matters(kind):
    def is_of_kind(call):
        if call.name == "openat" and not call.arguments[2] & (O_WRONLY | O_RDWR):
            return False
        return call.name in KINDS[kind]

    return is_of_kind


class Durable:
    """What of the records is durable, as successful syncs make it so.

    Every sync of the store comes before the renames of its commit (the temporaries') or after
    them (the directory's), never between: power.py holds that order. So what stands after a
    successful sync is durable, but for files that a failed one was for."""

    def __init__(self, bench, folder):
        self.bench, self.folder = bench, folder
        self.now, self.ever = dict(bench.before), {name: set() for name in names(bench)}
        self.seen, self.opened = self.inodes(), {}
        self.durable, self.suspects = set(self.seen.values()), set()

    def inodes(self):
        state = self.folder / "bankhook.state"
        return {path.name: path.stat().st_ino for path in state.iterdir()} if state.is_dir() else {}

    def on_exit(self, call, value):
        if call.name == "openat":
            self.opened_file(call, value)
        elif call.name in SYNCS and value != 0:
            # A directory's sync, or one of everything, was for all that is not durable yet.
            file = self.opened.get(call.arguments[0])
            everything = set(self.inodes().values()) - self.durable
            self.suspects |= {file} if file else everything
        elif call.name in SYNCS:
            self.synced()

    def opened_file(self, call, value):
        """Which file a descriptor is: a new one is whatever the directory did not hold before."""
        self.opened.pop(value, None)
        if value >= 0 and call.arguments[2] & O_CREAT:
            before, self.seen = self.seen, self.inodes()
            for name in self.seen.keys() - before.keys():
                # A number that a removed file had is nobody's any more.
                self.opened[value] = number = self.seen[name]
                self.suspects.discard(number)
                self.durable.discard(number)

    def synced(self):
        files, found = self.inodes(), self.bench.store.records(self.folder)
        for wanted in self.bench.fleet:
            if files.get(f"{wanted.name}.json") in self.suspects:
                continue
            self.now[wanted.name] = found.get(wanted.name)
            before = self.bench.before.get(wanted.name)
            self.ever[wanted.name].add(records.classify(wanted, before, found.get(wanted.name)))
        names = {f"{wanted.name}.json" for wanted in self.bench.fleet}
        self.durable |= {files[name] for name in names & files.keys()} - self.suspects


def names(bench):
    return [environment.name for environment in bench.fleet]


def body(bench, folder, kind, error, point, lasting):
    start = len(bench.log())
    durable = Durable(bench, folder)
    action = ("fail", getattr(errno, error))
    points = tracer.Points(matters(kind), point, action, lasts=lasting != "once")
    run = bench.traced(folder, points, *APPLY, on_exit=durable.on_exit)
    sent, states = bench.sent(start), bench.states(folder)
    try:
        judge(bench, run, sent, states, durable, points)
    except trial.Violation as violation:
        raise trial.Violation(f"{violation}\n{points.hit} failed; {run}") from None
    bench.plan_tells(folder, states)
    again = bench.converges(folder)
    bench.is_registered()
    for item in bench.fleet:
        due = item.changes and states[item.name] != "settled"
        if again[item.name] != due:
            raise trial.Violation(
                f"{item.name} was {states[item.name]}, and was sent again: {again}"
            )
    return kind_of(run, points)


def kind_of(run, points):
    if points.hit is None:
        return "ended before"
    if run.status == 0:
        return "did not matter"
    if not run.output or not run.json().get("summary"):
        return "an error before anything was sent"
    summary = run.json()["summary"]
    kinds = ("applied_but_not_recorded", "in_doubt", "failed")
    return (
        " and ".join(kind.replace("_", " ") for kind in kinds if summary[kind]) or "after the end"
    )


def judge(bench, run, sent, states, durable, points):
    """The rules for an apply whose disk failed."""
    outcomes = {}
    if run.output:
        outcomes = {one["environment"]: one for one in run.json().get("outcomes", [])}
    if run.status not in (0, 1, 3):
        raise trial.Violation(f"exit status {run.status}")
    if run.status == 1 and any(sent.values()):
        raise trial.Violation(f"exit status 1 says that nothing was sent; sent: {sent}")
    if run.status != 0 and not run.error and not outcomes:
        raise trial.Violation("a failure without a word")
    for item in bench.fleet:
        outcome = outcomes.get(item.name, {"outcome": None, "error": None})
        judge_one(bench, item, run, outcome, sent[item.name], states[item.name], durable)


def judge_one(bench, item, run, outcome, sent, state, durable):
    def must(holds, what):
        if not holds:
            raise trial.Violation(
                f"{item.name}: {what}; outcome {outcome['outcome']}, {sent} requests, "
                f"record {state}, durable once: {sorted(durable.ever[item.name])}"
            )

    before, ever = bench.before.get(item.name), durable.ever[item.name]
    lasting = records.classify(item, before, durable.now.get(item.name))
    if not item.changes:
        must(sent == 0 and state == "old", "there was nothing to do")
        must(outcome["outcome"] in ("unchanged", None), "there was nothing to do")
        return
    must(sent == 0 or "pending" in ever, "B: a request left before its intent was durable")
    must(sent <= 1, "sent twice")
    match outcome["outcome"]:
        case "applied":
            must(lasting == "settled" and sent == 1, "a success that is not recorded durably")
        case "applied_but_not_recorded":
            must(sent == 1, "applied, and no request")
            must(
                state != "old" and "pending" in ever, "applied but not recorded: pending must stay"
            )
            must(outcome["error"], "no cause")
        case "failed" | "skipped":
            must(sent == 0, "a failure to record the intent, and a request")
            must(not item.doubted or outcome["outcome"] == "skipped", "a failure ended doubt")
            must(outcome["error"], "no cause")
            must("bankhook.state" in outcome["error"]["message"], "the cause names no file")
        case "in_doubt":
            must(sent == 0 and state != "settled" and outcome["error"], "doubt, and why?")
            stays = state == "pending" and outcome["error"]["code"] == "not_taken_back"
            must(item.doubted or stays, "what is new to doubt here?")
        case None:
            must(sent == 0 and state == "old", "no outcome is told")
        case other:
            must(False, f"outcome {other}")
    if run.status == 0:
        must(outcome["outcome"] == "applied", "exit status 0")


#: How many trials the short form takes of each fleet and kind: (fleet, kind): count.
SHARES = {
    ("mixed", "write"): 5,
    ("mixed", "sync"): 8,
    ("mixed", "rename"): 5,
    ("mixed", "other"): 3,
    ("mixed", "any"): 6,
    ("fresh", "sync"): 5,
    ("fresh", "other"): 3,
    ("fresh", "any"): 4,
    ("wide", "write"): 2,
    ("wide", "sync"): 2,
    ("wide", "sync-all"): 6,
    ("wide", "rename"): 2,
}


def trials(fleet_name, kind, calls):
    """Every call with every error, once and lasting."""
    for point in range(1, calls + 1):
        for error in ERRORS:
            for lasting in ("once", "lasting"):
                if kind != "any" or lasting == "lasting":
                    yield fleet_name, kind, error, point, lasting


def main():
    found = runner.options(__doc__.splitlines()[0])
    found.trace_log = True
    if found.store == "git":
        jobs, total = branch_errors.jobs(found, spread)
        return runner.run("errors", found, jobs, total)
    jobs, total = [], 0
    for fleet_name in ("mixed", "fresh", "wide"):
        calls = runner.count(found, fleet_name, {kind: matters(kind) for kind in KINDS}, APPLY)
        for kind in KINDS:
            every = list(trials(fleet_name, kind, calls[kind]))
            total += len(every)
            if not (found.long or found.only):
                every = spread(every, SHARES.get((fleet_name, kind), 0))
            jobs += [(body, ":".join(map(str, one)), one[0], one[1:]) for one in every]
    runner.run("errors", found, jobs, total)


def spread(every, count):
    """So many of them, over all points, the errors in turn, once and lasting in turn."""
    chosen = runner.every(count, sorted({one[3] for one in every})) if count else []
    turns = [(error, lasting) for lasting in ("once", "lasting") for error in ERRORS]
    if count > len(chosen):
        chosen = [*chosen] * (count // max(1, len(chosen)))
    found = []
    for number, point in enumerate(chosen):
        at = [one for one in every if one[3] == point]
        wanted = turns[number * 5 % len(turns)]
        found += [one for one in at if (one[2], one[4]) == wanted] or at[:1]
    return found


runner.guarded("errors", main)
