"""Times an apply with the git store beside one with the directory store, in turns.

python3 stores.py BANKHOOK WORK RUNS COUNT...

The API is bankhook's own emulator on the loopback and the remote a bare repository on the same disk:
what is compared is the stores. Each run registers the whole fleet from nothing; the one after it has
nothing to send.
"""

import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

CONFIGURATION = """version: 1
defaults:
  base_url: {base}
  webhook_mode: net_banking_and_manual
  credentials:
    api_key: {{ file: "keys/{{environment}}" }}
    server_hash: {{ file: hash }}
{state}environments:
"""
BRANCH = "state: { git: { remote: origin, branch: bankhook-state } }\n"


def write_fleet(folder, count, base, state):
    folder.mkdir()
    (folder / "keys").mkdir()
    (folder / "hash").write_text("the-server-hash-of-all")
    lines = [CONFIGURATION.format(base=base, state=state)]
    for number in range(count):
        name = f"partner-{number:06}"
        (folder / "keys" / name).write_text(f"the-api-key-of-{name}")
        lines.append(f"  {name}: {{ webhook_url: 'https://{name}.lender.example/hook' }}\n")
    (folder / "bankhook.yaml").write_text("".join(lines))


def timed(bankhook, folder, *arguments):
    """Wall seconds, and processor seconds with those of git."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [bankhook, *arguments, "--quiet"], cwd=folder, capture_output=True, text=True
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{arguments} in {folder}: exit status {done.returncode}\n{done.stderr}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def trial(bankhook, work, count, base, kind):
    folder = work / kind
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(work / "remote.git", ignore_errors=True)
    write_fleet(folder, count, base, BRANCH if kind == "git" else "")
    if kind == "git":
        git(work, "init", "--quiet", "--bare", "remote.git")
        git(folder, "init", "--quiet")
        git(folder, "remote", "add", "origin", "../remote.git")
        timed(bankhook, folder, "state", "init")
    os.sync()
    first = timed(bankhook, folder, "apply", "--auto-approve", "--parallelism", "16")
    second = timed(bankhook, folder, "apply", "--auto-approve")
    plan = timed(bankhook, folder, "plan")
    return first, second, plan


def main():
    bankhook, work, runs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    ready = work / "ready"
    emulator = subprocess.Popen(
        [bankhook, "emulate", "--port", "0", "--any-account", "--ready-file", ready],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not ready.exists():
            if emulator.poll() is not None:
                sys.exit("the emulator ended")
            time.sleep(0.05)
        base = ready.read_text().strip()
        for count in map(int, sys.argv[4:]):
            found = {"directory": [], "git": []}
            for _ in range(runs):
                for kind in found:
                    found[kind].append(trial(bankhook, work, count, base, kind))
            print(f"{count} environments: wall (processor) in ms, median of {runs}")
            for index, what in enumerate(["apply all", "apply, nothing to send", "plan"]):
                cells = []
                for kind, trials in found.items():
                    wall = statistics.median(trial[index][0] for trial in trials)
                    processor = statistics.median(trial[index][1] for trial in trials)
                    cells.append((wall, f"{kind} {wall * 1000:8.0f} ({processor * 1000:6.0f})"))
                ratio = cells[1][0] / cells[0][0]
                print(f"  {what:24} {cells[0][1]}   {cells[1][1]}   ratio {ratio:6.2f}", flush=True)
    finally:
        emulator.terminate()
        emulator.wait()


main()
