"""What the scripts share: the command line, many trials on a few benches, and the closing line."""

import argparse
import collections
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import branch
import canary
import fleet
import records
import stores
import tracer
import trial

#: A bench's emulator keeps every request that it saw: a new one after so many trials.
TRIALS_A_BENCH = 100
STORES = {"directory": stores.DirectoryStore, "git": branch.GitStore}

#: What a trial raises when something does not hold.
PROBLEMS = (trial.Violation, records.Torn, canary.Leak, subprocess.TimeoutExpired)

_benches = {}
_options = None


def options(description, sample=False):
    """The arguments that every script takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--long", action="store_true", help="every point, not a sample")
    parser.add_argument("--only", metavar="TRIAL", help="one trial, as a violation names it")
    if sample:
        parser.add_argument("--sample", type=int, metavar="N", help="N points of each kind")
    parser.add_argument("--store", choices=sorted(STORES), default="directory")
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    found = parser.parse_args()
    found.bankhook = pathlib.Path(os.environ["BANKHOOK"]).resolve()
    found.root = tempfile.mkdtemp(prefix="bankhook-faults-")
    return found


def guarded(script, main):
    """Runs a script. What is wrong before its trials begin is a violation too."""
    try:
        main()
    except PROBLEMS as error:
        sys.exit(f"{script}: VIOLATION before any trial\n{error}")


def every(count, points):
    """At most `count` of the points, from the first to the last: the same ones each time."""
    points = list(points)
    if len(points) <= count:
        return points
    return [points[index * (len(points) - 1) // max(1, count - 1)] for index in range(count)]


def bench(name):
    """This process's bench for a fleet."""
    old = _benches.get(name)
    if old and old.trials < TRIALS_A_BENCH:
        return old
    if old:
        old.close()
    _benches[name] = trial.Bench(
        _options.bankhook,
        _options.root,
        STORES[_options.store](),
        fleet.FLEETS[name],
        trace_log=getattr(_options, "trace_log", False),
    )
    return _benches[name]


def count(found, fleet_name, kinds, command, follows=False):
    """How many calls of each kind ({name: which}) a command makes, with `follows` git's and the
    remote's too: the most of two runs, for a sample the fewest, all of which come."""
    start(found)
    try:
        place, counted = bench(fleet_name), []
        for number in range(2):
            points = {name: tracer.Points(matters) for name, matters in kinds.items()}

            def count_all(call):
                for one in points.values():
                    one(call)

            place.traced(place.fresh(f"count-{number}"), count_all, *command, follows=follows)
            counted.append({name: one.count for name, one in points.items()})
    finally:
        finish()
    choose = max if found.long or found.only else min
    return {name: choose(counts[name] for counts in counted) for name in kinds}


def start(found):
    """Called in each process that runs trials."""
    global _options
    _options = found
    _benches.clear()
    tracer.adopt_orphans()


def finish():
    """Ends this process's emulators, and searches what they printed."""
    for one in _benches.values():
        one.close()
    _benches.clear()


def attempt(job):
    """Runs one trial: its label, and the kind of its outcome or what is wrong."""
    body, label, fleet_name, arguments = job
    place = None
    try:
        place = bench(fleet_name)
        folder = place.fresh(label)
        kind = body(place, folder, *arguments)
        place.search(folder)
        shutil.rmtree(folder)
        return label, kind, None
    except PROBLEMS as error:
        kept = place.root if place else _options.root
        return label, None, f"{error}\nkept: {kept} (the trial: {label})"


def run(script, found, jobs, total):
    """Runs every job (body, label, fleet, arguments), stops at the first violation, and prints the
    figures. `total` is how many there are in the long form."""
    if found.only:
        jobs = [job for job in jobs if job[1] == found.only]
        if not jobs:
            sys.exit(f"{script}: there is no trial {found.only}")
    # Large slices: benches are made for one, and closed by whoever made them.
    count = max(found.workers, -(-len(jobs) // TRIALS_A_BENCH))
    slices = [jobs[index::count] for index in range(count)]
    slices = [part for part in slices if part]
    gather(script, found, work, slices, f"{len(jobs)} of {total} points")


def gather(script, found, share, parts, what):
    """Runs `share(part)` for each part in a process of its own and prints the figures. A share
    returns (label and text of a violation, or None; how often each kind of outcome came)."""
    began, kinds = time.monotonic(), collections.Counter()
    with multiprocessing.Pool(found.workers, start, (found,)) as pool:
        results = [pool.apply_async(share, (part,)) for part in parts]
        while results:
            for result in [one for one in results if one.ready()]:
                results.remove(result)
                failure, counted = result.get()
                kinds.update(counted)
                if found.long:
                    print(f"{script}: {sum(kinds.values())} done …", file=sys.stderr, flush=True)
                if failure:
                    pool.terminate()
                    fail(script, found, *failure)
            time.sleep(0.02)
    shutil.rmtree(found.root, ignore_errors=True)
    shown = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    seconds = time.monotonic() - began
    ended = f"all as they must be in {seconds:.0f} s"
    print(f"{script} ({found.store}): {what}, {ended}: {shown}", flush=True)


def fail(script, found, label, text):
    """Says what is needed to try it again. The broken bench is kept, and no other."""
    for one in pathlib.Path(found.root).iterdir():
        if str(one) not in text:
            shutil.rmtree(one, ignore_errors=True)
    print(f"{script} ({found.store}): VIOLATION in {label}\n{text}", file=sys.stderr)
    options = f" --store {found.store}" + (" --long" if found.long else "")
    print(f"again: sh Tests/Faults/{script}.sh{options} --only {label}", file=sys.stderr)
    sys.exit(1)


def work(jobs):
    """A process's share: the first violation, and how often each kind of outcome came."""
    kinds = collections.Counter()
    for job in jobs:
        label, kind, failure = attempt(job)
        if failure:
            return (label, failure), kinds
        kinds[kind] += 1
    try:
        finish()
    except canary.Leak as error:
        return ("the emulator", str(error)), kinds
    return None, kinds
