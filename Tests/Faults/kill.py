"""Kills an apply at every system call (faults.md: process and disk, and the first promise).

    sh Tests/Faults/kill.sh [--long | --sample N] [--store directory|git] [--only TRIAL]

The short form: at calls that something outside can notice, which are those that open a file to
write, write, sync, rename, remove, truncate or lock, connect, and the end. Between two of them
the disk and the server see nothing, so killed anywhere between is killed at the next. The long
form: KILL, TERM and INT at every call from main on, whatever it does: a signal's handler can come
in between any two. `--sample N` takes N of each kind of the long form.

With the git store what is noticeable is counted over bankhook, git and the remote, in the order in
which it happens, so that bankhook dies while git writes, and git goes on. KILL-ALL and TERM-ALL
reach git too, as at the end of a machine; the remote is another one, and lives.

Which thread comes first differs from run to run, so the N-th call is not always the same one.
What it was is part of the outcome that is counted.
"""

import signal

import runner
import tracer
import trial
import watching

SIGNALS = {
    "KILL": ("signal", signal.SIGKILL),
    "TERM": ("signal", signal.SIGTERM),
    "INT": ("signal", signal.SIGINT),
    "KILL-ALL": ("signal all", signal.SIGKILL),
    "TERM-ALL": ("signal all", signal.SIGTERM),
}
NOTICEABLE = {
    "write",
    "writev",
    "pwrite64",
    "sendto",
    "sendmsg",
    "fsync",
    "fdatasync",
    "syncfs",
    "execve",
    "link",
    "linkat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "ftruncate",
    "flock",
    "connect",
    "exit_group",
}
O_CREAT = 0o100
APPLY = ("apply", "--auto-approve")


def is_noticeable(call):
    """A write of 8 bytes wakes a thread up (eventfd)."""
    if call.name == "openat":
        return bool(call.arguments[2] & O_CREAT)
    return call.name in NOTICEABLE and not (call.name == "write" and call.arguments[2] == 8)


SETS = {"noticeable": is_noticeable, "every": lambda call: True}


def body(bench, folder, set_name, signal_name, point):
    start, store = len(bench.log()), bench.store
    points = tracer.Points(SETS[set_name], point, SIGNALS[signal_name])
    watch = watching.Watch(points, store, folder)
    run = bench.traced(folder, watch, *APPLY, follows=store.follows and set_name == "noticeable")
    try:
        return judge(bench, folder, signal_name, points, watch, run, start)
    except trial.Violation as violation:
        raise trial.Violation(f"{violation}\n{signal_name} at {points.hit}; {run}") from None


def judge(bench, folder, signal_name, points, watch, run, start):
    states, sent, kept = bench.states(folder), bench.sent(start), bench.store.kept(folder)
    bench.claims(run, states)
    bench.store.intended(bench, folder, watch.tips, sent)
    number = SIGNALS[signal_name][1]
    done = all(states[item.name] == "settled" for item in bench.fleet if item.changes)
    # A signal is obeyed with 128 + N; one that comes after the end changes nothing any more.
    if run.status not in (-number, 128 + number) and not (run.status == 0 and done):
        raise trial.Violation("another end than the signal's")
    bench.plan_tells(folder, states)
    bench.converges(folder)
    bench.is_registered()
    for name, count in bench.sent(start).items():
        item = next(one for one in bench.fleet if one.name == name)
        # Without an intent the killed one sent nothing: the request is the next apply's.
        allowed = {"old": (1,), "pending": (1, 2), "settled": (1,)}[states[name]]
        if name in kept and not bench.is_taken_back(name, kept[name]):
            allowed = (sent[name],)
        if count not in (allowed if item.changes else (0,)):
            raise trial.Violation(f"B: {count} requests of {name}, whose record was {states[name]}")
    if points.hit is None:
        return f"{signal_name}: ended before"
    if kept and not done:
        return f"{signal_name}: outcomes kept"
    intents = sum(states[item.name] == "pending" for item in bench.fleet)
    return f"{signal_name}: " + (
        "all recorded" if done else "in doubt" if intents else "nothing yet"
    )


#: For each store and set of calls: how many trials the short form takes of (fleet, signal).
SHARES = {
    ("directory", "noticeable"): {
        ("mixed", "KILL"): 32,
        ("fresh", "KILL"): 16,
        ("mixed", "TERM"): 12,
        ("mixed", "INT"): 12,
    },
    ("git", "noticeable"): {
        ("mixed", "KILL"): 7,
        ("mixed", "KILL-ALL"): 7,
        ("fresh", "KILL-ALL"): 2,
        ("mixed", "TERM"): 3,
        ("mixed", "INT"): 2,
        ("mixed", "TERM-ALL"): 3,
    },
}
#: What the long form takes all of.
LONG = {
    "directory": {"every": [key for key in SHARES["directory", "noticeable"]]},
    "git": {
        "every": [key for key in SHARES["directory", "noticeable"]],
        "noticeable": [key for key in SHARES["git", "noticeable"]],
    },
}


def main():
    found = runner.options(__doc__.splitlines()[0], sample=True)
    is_long = found.long or found.sample
    sets = LONG[found.store] if is_long else {"noticeable": SHARES[found.store, "noticeable"]}
    jobs, total, shown = [], 0, []
    for set_name, shares in sets.items():
        follows = runner.STORES[found.store].follows and set_name == "noticeable"
        kinds = {set_name: SETS[set_name]}
        calls = {
            name: runner.count(found, name, kinds, APPLY, follows)[set_name]
            for name in ("mixed", "fresh")
        }
        shown += [f"{count} {set_name} calls ({name})" for name, count in calls.items()]
        for fleet_name, name in shares:
            points = range(1, calls[fleet_name] + 1)
            total += len(points)
            if found.sample:
                points = runner.every(found.sample, points)
            elif not (found.long or found.only):
                # In the first third the git store only looks.
                first = len(points) // 3 if follows else 0
                points = runner.every(shares[fleet_name, name], points[first:])
            for point in points:
                label = f"{fleet_name}:{name}:{set_name}:{point}"
                jobs.append((body, label, fleet_name, (set_name, name, point)))
    print(f"kill: an apply makes {', '.join(shown)}; {len(jobs)} trials", flush=True)
    runner.run("kill", found, jobs, total)


runner.guarded("kill", main)
