"""Limits of a process and its place, and many at once (faults.md: process and disk).

    sh Tests/Faults/limits.sh [--long] [--only TRIAL]

A file size limit at every size that cuts something else, a directory that may only be read,
outputs that are closed or full, and 32 applies at once on one machine.
"""

import os
import resource
import signal
import subprocess

import fleet as fleets
import runner
import trial

APPLY = ("apply", "--auto-approve")
NOBODY = 65534
#: How many applies at once.
CROWD = 32


def limited(bench, folder, size):
    """Nothing that grows past `size` bytes can be written (ulimit -f)."""
    start = len(bench.log())

    # The limit's signal as a program finds it, not as Python leaves it.
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    run = bench.run(folder, *APPLY, preexec_fn=limit)
    sent, states = bench.sent(start), bench.states(folder)
    bench.claims(run, states)
    is_done = all(states[item.name] == "settled" for item in bench.fleet if item.changes)
    if run.status not in (0, 1, 3) or (run.status == 0 and not is_done):
        raise trial.Violation(f"{run}")
    for item in bench.fleet:
        if sent[item.name] and states[item.name] == "old":
            raise trial.Violation(f"B: {item.name} was sent without an intent: {run}")
    if size == 0 and (run.status != 1 or any(sent.values())):
        raise trial.Violation(f"E: no file can be written, and {run}")
    tells(run, "bankhook.state")
    after(bench, folder, states)
    return "a file size limit: " + ("enough" if is_done else f"exit {run.status}")


def tells(run, what):
    """E: a failure names the place, and how it failed."""
    if run.status != 0 and what not in run.error + run.output:
        raise trial.Violation(f"E: the failure does not name {what}: {run}")


def after(bench, folder, states):
    bench.plan_tells(folder, states)
    sent = bench.converges(folder)
    for item in bench.fleet:
        if sent[item.name] != (item.changes and states[item.name] != "settled"):
            raise trial.Violation(f"{item.name} was {states[item.name]}, and then sent: {sent}")


def unwritable(bench, folder, is_lockable):
    """The state directory, or what it is to be made in, may only be read. root may write all the
    same: there the apply runs as nobody, who may or may not write the lock file."""
    start = len(bench.log())
    for path in (bench.root.parent, bench.root, folder):
        path.chmod(0o755)
    state = folder / "bankhook.state"
    locked = state if state.is_dir() else folder
    if state.is_dir():
        (state / ".lock").chmod(0o666 if is_lockable else 0o444)
    locked.chmod(0o555)
    as_root = os.geteuid() == 0
    run = bench.run(folder, *APPLY, **({"user": NOBODY} if as_root else {}))
    locked.chmod(0o755)
    if state.is_dir():
        (state / ".lock").chmod(0o644)
    states = bench.states(folder)
    if run.status not in (1, 3) or any(bench.sent(start).values()):
        raise trial.Violation(f"E: a directory that may only be read: {run}")
    if set(states.values()) != {"old"}:
        raise trial.Violation(f"E: a directory that may only be read: {states}")
    tells(run, "bankhook.state")
    after(bench, folder, states)
    return f"a directory to read only: exit {run.status}"


def outputs(bench, folder, which, how, form):
    """Standard input, output and error closed or full: everything is recorded all the same, and
    no file that is opened in their place is written to."""
    start = len(bench.log())

    def spoil():
        for number in which:
            if how == "closed":
                os.close(number)
            else:
                os.dup2(os.open("/dev/full", os.O_WRONLY), number)

    run = bench.run(folder, *APPLY, "--format", form, preexec_fn=spoil)
    expected = 74 if 1 in which else 0
    states = bench.states(folder)
    if run.status != expected or set(bench.sent(start).values()) - {0, 1}:
        raise trial.Violation(f"expected exit status {expected}: {run}")
    if any(states[item.name] != "settled" for item in bench.fleet if item.changes):
        raise trial.Violation(f"not all is recorded: {states}; {run}")
    after(bench, folder, states)
    return f"outputs {how}: recorded"


def crowd(bench, folder, waits):
    """Many applies at once, each of them of another registration for every environment."""
    start = len(bench.log())
    for number in range(CROWD):
        own = [
            fleets.Environment(item.name, fleets.url(item.name, f"w{number}"), item.mode)
            for item in bench.fleet
        ]
        text = fleets.configuration(own, bench.base_url, bench.store.configuration, "now")
        (folder / f"{number}.yaml").write_text(text)
    command = [bench.bankhook, *APPLY, "--lock-timeout", "1h" if waits else "0s"]
    running = [
        subprocess.Popen(
            [*command, "-c", f"{number}.yaml"],
            cwd=folder,
            env=bench.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(CROWD)
    ]
    ended = [one.communicate(timeout=600) for one in running]
    runs = [bench.printed(one.returncode, *texts) for one, texts in zip(running, ended)]
    for run in runs:
        is_turned_away = run.status == 4 and not waits and "locked by" in run.error
        if run.status != 0 and not is_turned_away:
            raise trial.Violation(f"one of {CROWD}: {run}")
    done = sum(run.status == 0 for run in runs)
    log = [entry["body"]["webhook_url"].rpartition("/")[2] for entry in bench.log(start)]
    blocks = sum(one != other for one, other in zip(log, ["", *log]))
    if len(log) != done * len(bench.fleet) or blocks != done:
        raise trial.Violation(f"{done} applies overlap: {log}")
    for name, data in bench.store.records(folder).items():
        if f'"serial": {done}\n' not in data.decode():
            raise trial.Violation(f"{name} was recorded {done} times: {data.decode()}")
    return f"{CROWD} at once: " + ("each in its turn" if waits else "locked or in turn")


def main():
    found = runner.options(__doc__.splitlines()[0])
    found.trace_log = True
    sizes = range(0, 1100, 25)
    if not (found.long or found.only):
        sizes = (0, 30, 600, 700, 1000)
    jobs = [
        (limited, f"limit:{fleet}:{size}", fleet, (size,))
        for fleet in ("mixed", "fresh")
        for size in sizes
    ]
    jobs += [
        (unwritable, f"read-only:{fleet}:{lock}", fleet, (lock == "lockable",))
        for fleet, lock in (("mixed", "lockable"), ("mixed", "whole"), ("fresh", "whole"))
    ]
    spoiled = [
        (which, how, form)
        for which in ((0,), (1,), (2,), (0, 1, 2))
        for how in ("closed", "full")
        for form in ("text", "json")
    ]
    jobs += [
        (outputs, f"output:{''.join(map(str, which))}:{how}:{form}", "mixed", (which, how, form))
        for which, how, form in spoiled
    ]
    crowds = [
        (crowd, f"crowd:{'waits' if waits else 'tries'}", "fresh", (waits,)) for waits in (1, 0)
    ]
    jobs = crowds + jobs
    runner.run("limits", found, jobs, len(jobs))


runner.guarded("limits", main)
