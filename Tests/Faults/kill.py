"""Kills an apply at every system call (faults.md: process and disk, and the first promise).

    sh Tests/Faults/kill.sh [--long] [--only TRIAL]

The short form: at calls that something outside can notice, which are those that open a file to
write, write, sync, rename, remove, truncate or lock, connect, and the end. Between two of them
the disk and the server see nothing, so killed anywhere between is killed at the next. The long
form: KILL, TERM and INT at every call from main on, whatever it does: a signal's handler can come
in between any two.

Which thread comes first differs from run to run, so the N-th call is not always the same one.
What it was is part of the outcome that is counted.
"""

import signal

import runner
import tracer
import trial

SIGNALS = {"KILL": signal.SIGKILL, "TERM": signal.SIGTERM, "INT": signal.SIGINT}
NOTICEABLE = {
    "write",
    "writev",
    "pwrite64",
    "sendto",
    "sendmsg",
    "fsync",
    "fdatasync",
    "syncfs",
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
    start = len(bench.log())
    points = tracer.Points(SETS[set_name], point, ("signal", SIGNALS[signal_name]))
    run = bench.traced(folder, points, *APPLY)
    states = bench.states(folder)
    bench.claims(run, states)
    number = SIGNALS[signal_name]
    done = all(states[item.name] == "settled" for item in bench.fleet if item.changes)
    # A signal is obeyed with 128 + N; one that comes after the end changes nothing any more.
    if run.status not in (-number, 128 + number) and not (run.status == 0 and done):
        raise trial.Violation(f"{signal_name} at {points.hit}: {run}")
    bench.plan_tells(folder, states)
    bench.converges(folder)
    bench.is_registered()
    for name, count in bench.sent(start).items():
        item = next(one for one in bench.fleet if one.name == name)
        # Without an intent the killed one sent nothing: the request is the next apply's.
        allowed = {"old": (1,), "pending": (1, 2), "settled": (1,)}[states[name]]
        if count not in (allowed if item.changes else (0,)):
            raise trial.Violation(
                f"B: {count} requests of {name}, whose record was {states[name]} after "
                f"{signal_name} at {points.hit}"
            )
    if points.hit is None:
        return f"{signal_name}: ended before"
    intents = sum(states[item.name] == "pending" for item in bench.fleet)
    return f"{signal_name}: " + (
        "all recorded" if done else "in doubt" if intents else "nothing yet"
    )


def main():
    found = runner.options(__doc__.splitlines()[0])
    set_name = "every" if found.long else "noticeable"
    kinds = {set_name: SETS[set_name]}
    calls = {name: runner.count(found, name, kinds, APPLY)[set_name] for name in ("mixed", "fresh")}
    shares = {
        ("mixed", "KILL"): 32,
        ("fresh", "KILL"): 16,
        ("mixed", "TERM"): 12,
        ("mixed", "INT"): 12,
    }
    jobs, total = [], 0
    for (fleet_name, name), share in shares.items():
        points = range(1, calls[fleet_name] + 1)
        total += len(points)
        if not (found.long or found.only):
            points = runner.every(share, points)
        jobs += [
            (body, f"{fleet_name}:{name}:{set_name}:{point}", fleet_name, (set_name, name, point))
            for point in points
        ]
    shown = " and ".join(f"{count} ({name})" for name, count in calls.items())
    print(f"kill: an apply makes {shown} {set_name} calls; {len(jobs)} trials", flush=True)
    runner.run("kill", found, jobs, total)


runner.guarded("kill", main)
