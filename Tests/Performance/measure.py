"""Times whole processes against each other, in turns, and prints ratios.

python3 measure.py RUNS FLOOR COMMAND

FLOOR and COMMAND are shell words in one argument each. Standard output is thrown away.
"""

import os
import shlex
import statistics
import subprocess
import sys
import time


def run(command):
    """Wall seconds, processor seconds and peak memory in MiB of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(
        shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        sys.exit(f"{command}: exit status {code}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def show(name, runs):
    walls = [wall for wall, _, _ in runs]
    print(
        f"  {name:8} wall {min(walls) * 1000:8.1f} {statistics.median(walls) * 1000:8.1f} "
        f"{max(walls) * 1000:8.1f} ms (min, median, max)   "
        f"cpu {statistics.median(cpu for _, cpu, _ in runs) * 1000:8.1f} ms   "
        f"peak {max(peak for _, _, peak in runs):6.1f} MiB"
    )


def main():
    count, floor, command = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    pairs = []
    for _ in range(count + 1):
        pairs.append((run(floor), run(command)))
    pairs = pairs[1:]  # the first one fills the caches
    show("floor", [pair[0] for pair in pairs])
    show("bankhook", [pair[1] for pair in pairs])
    ratios = sorted(pair[1][0] / pair[0][0] for pair in pairs)
    print(
        f"  ratio    {ratios[0]:.2f} {statistics.median(ratios):.2f} {ratios[-1]:.2f} "
        "(min, median, max)"
    )


main()
