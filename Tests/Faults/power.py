"""Loses the power at every moment of an apply (faults.md: process and disk, and promise 7).

    sh Tests/Faults/power.sh [--long] [--only FLEET]

One apply of each fleet is recorded with strace, and the emulator's answers with it. From the
record every disk is built that a loss of power may leave (the model is in disk.py). On each: A,
every record is entirely an old or a new version; B, every request that had left has its intent
there; and no environment that was already called applied is anything but recorded. These three
are judged for each name at each moment with all the contents that it may have: nothing is sampled
there.

C is tried by running plan and apply on whole disks, equal ones once: of each moment all disks up to
64 (the long form: 256), else that many, drawn from a seed beside the extremes (disk.py); and of
those an even sample of 16 a fleet (the long form: 1,000).
"""

import os
import pathlib
import shutil
import subprocess

import disk as disks
import history
import records
import runner
import trial

FLEETS = ("mixed", "fresh", "wide")
APPLY = ("apply", "--auto-approve", "--parallelism", "32")


class Recording:
    """An apply of a fleet as strace saw it, and every disk that its moments allow."""

    def __init__(self, bench, name):
        self.bench, self.name = bench, name
        folder = pathlib.Path(os.path.realpath(bench.fresh("recorded")))
        state = folder / "bankhook.state"
        self.files = None
        if state.is_dir():
            self.files = {path.name: path.read_bytes() for path in state.iterdir()}
        record = bench.root / "recorded.trace"
        done = subprocess.run(
            [*history.command(record), bench.bankhook, *APPLY],
            cwd=folder,
            env=bench.variables(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        run = bench.printed(done.returncode, done.stdout, done.stderr)
        if run.status != 0:
            raise trial.Violation(f"the apply that is recorded: {run}")
        self.history = history.History(history.read(record), state, folder)
        self.sends = self.requests()
        shutil.rmtree(folder)

    def requests(self):
        """When the first byte of a request of each environment left, at the earliest: {name:
        place}.

        Its key is in its headers, which leave first."""
        found = {}
        for place, data in self.history.sends:
            for name, key in self.bench.secrets.keys.items():
                if key.encode() in data:
                    found.setdefault(name, place)
        missing = {item.name for item in self.bench.fleet if item.changes} - found.keys()
        if missing:
            raise trial.Violation(f"no request of {sorted(missing)} is in the trace")
        return found

    def moments(self):
        """Where what may be on the disk, or what must be, changes."""
        past = self.history
        places = {one.began for one in past.changes} | {one.ended for one in past.syncs}
        places |= set(self.sends.values()) | {place for place, _ in past.claims}
        return [-1, *sorted(places)]

    def at(self, moment):
        return disks.Disk(self.files, self.history.changes, self.history.syncs, moment)

    def judge(self, moment):
        """A, B and the claims at a moment. Returns how many contents were looked at."""
        disk, looked = self.at(moment), 0
        claimed = set()
        for place, text in self.history.claims:
            if place <= moment:
                claimed |= set(trial.APPLIED.findall(text))
        for item in self.bench.fleet:
            before = self.bench.before.get(item.name)
            for data in disk.of_name(f"{item.name}.json"):
                looked += 1
                try:
                    state = records.classify(item, before, data)
                except records.Torn as error:
                    raise trial.Violation(f"A: at {moment}: {error}") from error
                if self.sends.get(item.name, moment + 1) <= moment and state == "old":
                    raise trial.Violation(
                        f"B: at {moment} a request of {item.name} has left without a durable intent"
                    )
                if item.name in claimed and item.changes and state != "settled":
                    raise trial.Violation(
                        f"at {moment} {item.name} was called applied, and its record may be {state}"
                    )
        return looked

    def disks(self, most):
        """Every distinct whole disk, with the first moment that allows it."""
        found = {}
        for moment in self.moments():
            for number, files in enumerate(self.at(moment).disks(most, seed=moment)):
                if files is not None:
                    forms = [form for form in self.at(moment).contents(".lock")]
                    lock = forms[number % len(forms)]
                    files = tuple((name, lock if name == ".lock" else data) for name, data in files)
                key = files and tuple(pair for pair in files if pair[0] != ".lock")
                found.setdefault(key, (moment, files))
        return list(found.values())


def body(bench, folder, moment, files):
    """plan and apply on a disk that a loss of power left."""
    bench.store.replace(folder, None if files is None else dict(files))
    kept = folder.with_name(folder.name + "-disk")
    shutil.copytree(folder, kept)
    states = bench.states(folder)
    bench.plan_tells(folder, states)
    sent = bench.converges(folder)
    for item in bench.fleet:
        due = item.changes and states[item.name] != "settled"
        if sent[item.name] != due:
            raise trial.Violation(f"C: {item.name} was {states[item.name]}, and then sent: {sent}")
    shutil.rmtree(kept)
    kinds = {states[item.name] for item in bench.fleet if item.changes}
    return "a mixture" if len(kinds) > 1 else f"all {kinds.pop()}"


def share(part):
    """All of one fleet, on one bench: the records of its disks are of that bench's accounts and
    port."""
    name, is_long = part
    runner.TRIALS_A_BENCH = 1 << 30
    try:
        recording = Recording(runner.bench(name), name)
        moments = recording.moments()
        looked = sum(recording.judge(moment) for moment in moments)
    except (*runner.PROBLEMS, history.Unreadable) as error:
        return (name, f"{error}\nkept: {runner.bench(name).root}"), {}
    disks = recording.disks(256 if is_long else 64)
    jobs = [(body, f"{name}:{number}", name, disk) for number, disk in enumerate(disks)]
    chosen = runner.every(1000 if is_long else 16, jobs)
    syncs = recording.history.syncs
    of_all = sum(sync.target == "*" for sync in syncs)
    print(
        f"power: {name}: {len(moments)} moments, {looked} contents judged, {len(syncs)} syncs "
        f"({of_all} of everything); plan and apply on {len(chosen)} of {len(jobs)} disks",
        flush=True,
    )
    return runner.work(chosen)


def main():
    found = runner.options(__doc__.splitlines()[0])
    parts = [(name, found.long) for name in FLEETS if found.only in (None, name)]
    runner.gather("power", found, share, parts, ", ".join(part[0] for part in parts))


runner.guarded("power", main)
