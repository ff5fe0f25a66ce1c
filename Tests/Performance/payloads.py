"""Times `bankhook payloads` over more and more links, and prints ratios.

python3 payloads.py BANKHOOK WORK RUNS COUNT...

The lists are those of bankhook's own emulator, a payload for each link. The floor is a client that
asks the same questions one after the other over one connection, written with python's http.client.
"""

import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
import urllib.parse

CONFIGURATION = """version: 1
environments:
  uat:
    base_url: {base}
    webhook_url: http://127.0.0.1:1/hook
    webhook_mode: 1
    credentials: {{ api_key: {{ env: KEY }}, server_hash: {{ env: HASH }} }}
"""
VARIABLES = {"PATH": os.environ["PATH"], "KEY": "demo-api-key", "HASH": "demo-server-hash"}
CALL = "/bank-connect/v1/entity/webhook_payloads/?link_id="


def start_emulator(bankhook, work):
    ready = work / "ready"
    process = subprocess.Popen(
        [bankhook, "emulate", "--port", "0", "--quiet", "--ready-file", ready],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not ready.exists():
        if process.poll() is not None:
            sys.exit("the emulator does not start")
        time.sleep(0.02)
    return process, ready.read_text().strip()


def fill(base, links):
    """Lets an extraction end for each link."""
    place = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc)
    for link in links:
        event = {"account": "demo", "progress": "completed", "mode": "manual", "link_id": link}
        place.request(
            "POST",
            "/_emulator/events",
            json.dumps(event),
            {"content-type": "application/json"},
        )
        answer = place.getresponse()
        answer.read()
        if answer.status >= 300:
            sys.exit(f"the emulator answers {answer.status} to an event")


def timed(bankhook, folder, file, count):
    """Wall seconds, processor seconds and peak memory in MiB."""
    start = time.perf_counter()
    with open(folder / "out", "wb") as out:
        process = subprocess.Popen(
            [bankhook, "payloads", "--environment", "uat", "--links", file, "--format", "ndjson"],
            cwd=folder,
            env=VARIABLES,
            stdout=out,
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    lines = len((folder / "out").read_bytes().splitlines())
    if os.waitstatus_to_exitcode(status) != 0 or lines != count:
        sys.exit(f"{count} links: status {status}, {lines} payloads")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def floor(base, links):
    headers = {"x-api-key": VARIABLES["KEY"], "server-hash": VARIABLES["HASH"]}
    place = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc)
    start = time.perf_counter()
    for link in links:
        place.request("GET", CALL + link, headers=headers)
        place.getresponse().read()
    return time.perf_counter() - start


def main():
    bankhook, work, runs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    counts = sorted(int(word) for word in sys.argv[4:])
    process, base = start_emulator(bankhook, work)
    try:
        (work / "bankhook.yaml").write_text(CONFIGURATION.format(base=base))
        done = subprocess.run(
            [bankhook, "apply", "--auto-approve", "--quiet"], cwd=work, env=VARIABLES,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        if done.returncode != 0:
            sys.exit("the registration fails")
        links = [f"link-{number:06}" for number in range(counts[-1])]
        fill(base, links)
        first = None
        for count in counts:
            file = work / f"links-{count}"
            file.write_text("".join(f"{link}\n" for link in links[:count]))
            found = [timed(bankhook, work, file, count) for _ in range(runs)]
            wall, cpu, peak = (statistics.median(each) for each in zip(*found))
            bare = statistics.median(floor(base, links[:count]) for _ in range(runs))
            first = first or (count, wall, peak)
            print(
                f"{count:6} links: {wall * 1000:7.0f} ms, cpu {cpu * 1000:6.0f} ms, peak "
                f"{peak:5.1f} MiB; {wall / bare:.2f} x one connection; for {count / first[0]:.1f} "
                f"x the links {wall / first[1]:.2f} x the time, {peak / first[2]:.2f} x the memory",
                flush=True,
            )
    finally:
        process.terminate()
        process.wait()


main()
