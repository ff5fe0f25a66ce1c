"""Many appliers on many clones of one remote, some killed and some stopped: clones.sh runs it."""
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from clones_fleet import BRANCH, Bench, Fleet, holds_canary
from clones_judge import judge, read_history

ENVIRONMENTS = 40
IN_REQUEST = "kill in a request"
DELAY = 120
LEASE = 30
# How long after its end others treat a lease as held, and some slack for slow machines.
STOP = LEASE + LEASE // 5 + 4
# The number of the applier, in the URL that it registers.
APPLIER = re.compile(rb"lender\.example/a(\d+)")
# Ends of an apply that nothing is wrong with: the words of its failure, or its status alone.
EXPECTED = {
    "locked", "push_refused", "push_contended", "state_changed", "lease_ended", "interrupted",
    "outcome_not_pushed",
}


class Run:
    """All appliers of one run, and what they came to."""

    def __init__(self, bench, appliers, applies, rates, seed):
        self.bench = bench
        self.seed = seed
        self.rates = rates
        self.lock = threading.Lock()
        self.left = applies
        self.alive = set()
        # The processes that die as soon as a request of theirs is under way, by applier.
        self.doomed = {}
        self.claims = []
        self.faults = []
        self.counts = {}
        self.durations = [1.0]
        self.threads = [
            threading.Thread(target=self.applier, args=(number,)) for number in range(appliers)]
        bench.relay.on_request = self.kill_sender

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def next(self):
        with self.lock:
            self.left -= 1
            return self.left if self.left >= 0 else None

    # One applier

    def applier(self, number):
        chance = random.Random("%s applier %d" % (self.seed, number))
        clone = self.bench.clones[number % len(self.bench.clones)]
        file = os.path.join(clone, "a%d.yaml" % number)
        wanted = {
            name: ("https://%s.lender.example/a%d" % (name, number), 1)
            for name in self.bench.fleet.names
        }
        while (apply := self.next()) is not None:
            targets = chance.sample(self.bench.fleet.names, chance.choice([1, 1, 2, 3]))
            if chance.random() < 0.85:
                for name in targets:
                    wanted[name] = (
                        "https://%s.lender.example/a%d/n%d" % (name, number, apply),
                        chance.randrange(2))
            with open(file, "w") as output:
                output.write(self.bench.fleet.configuration(self.bench.relay.base_url, wanted))
            options = ["--lock-timeout", chance.choice(["0s", "3s", "20s"])]
            for name in targets:
                options += ["--target", name]
            self.apply(clone, file, options, wanted, self.fate(chance, number))

    def fate(self, chance, number):
        """What happens to one apply, and when: a signal, and how long it is stopped; or the applier
        whose next request it dies in."""
        moment = chance.uniform(0, 1.2) * sorted(self.durations)[len(self.durations) // 2]
        draw = chance.random()
        for name, rate in self.rates.items():
            if draw < rate:
                return name, number if name == IN_REQUEST else moment
            draw -= rate
        return "none", None

    def apply(self, clone, file, options, wanted, fate):
        """One apply. A lock that a dead one left is broken as a person would, and it is run again."""
        for _ in range(4):
            status, output, error = self.run(
                clone, ["apply", "--auto-approve", "--format", "json", "--allow",
                        "mode-downgrade", "--config", file, *options], fate)
            self.judge_end(status, output, error, wanted)
            if status != 4 or not self.unlock(clone, file, output + error):
                return status
            fate = ("none", None)
        return status

    def judge_end(self, status, output, error, wanted):
        if status is None:
            return self.count("killed")
        self.count("exit %d" % status)
        try:
            result = json.loads(output)
        except ValueError:
            # A signal may come before it is observed.
            if status not in (128 + 15, -signal.SIGTERM):
                self.fault("exit %d without a report: %s" % (status, error))
            return None
        for outcome in result.get("outcomes", []):
            self.count(outcome["outcome"])
            name = outcome["environment"]
            if outcome["outcome"] == "applied":
                with self.lock:
                    self.claims.append((name, wanted[name][0]))
        words = {entry["code"] for entry in result.get("diagnostics", [])}
        for word in words:
            self.count(word)
        if not words <= EXPECTED or status not in (0, 1, 3, 4, 143):
            self.fault("exit %d: %s%s" % (status, output, error))
        return None

    def unlock(self, clone, file, words):
        """Ends the lock that stood in the way, where its process is dead."""
        found = re.search(r"pid (\d+) since.*?lock id ([0-9a-f-]{36})", words, re.S)
        if not found:
            return False
        with self.lock:
            if int(found[1]) in self.alive:
                return False
        status, _, _ = self.run(
            clone, ["state", "unlock", "--id", found[2], "--config", file], ("none", None))
        self.count("unlocked" if status == 0 else "not unlocked")
        return True

    # One process

    def run(self, clone, arguments, fate):
        """Its status, or None where it was killed, and what it printed."""
        begin = time.monotonic()
        process = subprocess.Popen(
            [self.bench.bankhook, *arguments], cwd=clone, env=self.bench.variables,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with self.lock:
            self.alive.add(process.pid)
            if fate[0] == IN_REQUEST:
                self.doomed[fate[1]] = process
        try:
            output, error = self.communicate(process, fate)
        finally:
            if fate[0] in ("kill", IN_REQUEST):
                # Until the relay has seen that its connections are gone.
                time.sleep(0.3)
            with self.lock:
                self.alive.discard(process.pid)
                if fate[0] == IN_REQUEST:
                    self.doomed.pop(fate[1], None)
        if holds_canary(output) or holds_canary(error):
            self.fault("a credential was printed by %s" % " ".join(arguments))
        if fate[0] == "none" and arguments[0] == "apply" and process.returncode == 0:
            self.durations.append(time.monotonic() - begin)
        status = None if process.returncode == -signal.SIGKILL else process.returncode
        return status, output.decode(), error.decode()

    def kill_sender(self, message):
        """Kills the applier whose request this is, where it was to die in one."""
        found = APPLIER.search(message)
        with self.lock:
            process = self.doomed.pop(int(found[1]), None) if found else None
        if process:
            self.count(IN_REQUEST)
            process.kill()

    def communicate(self, process, fate):
        what, moment = fate
        if what not in ("none", IN_REQUEST):
            try:
                return process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                pass
            self.count(what)
            if what == "kill":
                process.kill()
            elif what == "signal":
                process.terminate()
            else:
                process.send_signal(signal.SIGSTOP)
                time.sleep(STOP if what == "stop past the lease" else 2)
                process.send_signal(signal.SIGCONT)
        try:
            return process.communicate(timeout=900)
        except subprocess.TimeoutExpired:
            self.fault("pid %d did not end: %s" % (process.pid, process.args))
            process.kill()
            return process.communicate()

    # All of them

    def work(self):
        ended = threading.Event()
        weather = threading.Thread(target=self.weather, args=(ended,))
        weather.start()
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join()
        ended.set()
        weather.join()

    def weather(self, ended):
        """Now and then the remote refuses every push for a while."""
        chance = random.Random("%s weather" % self.seed)
        while not ended.wait(chance.uniform(10, 30)):
            self.count("outages")
            open(self.bench.outage, "w").close()
            ended.wait(chance.uniform(1, 8))
            os.remove(self.bench.outage)

    def settle(self):
        """Pushes what is kept everywhere, applies once more, and looks that nothing is left."""
        none = ("none", None)
        first = self.bench.clones[0]
        file = os.path.join(first, "last.yaml")
        wanted = {
            name: ("https://%s.lender.example/last" % name, 1) for name in self.bench.fleet.names}
        with open(file, "w") as output:
            output.write(self.bench.fleet.configuration(self.bench.relay.base_url, wanted))
        for clone in self.bench.clones:
            # git runs where the configuration stands.
            shutil.copy(file, os.path.join(clone, "push.yaml"))
            status, output, error = self.run(
                clone, ["state", "push", "--config", "push.yaml"], none)
            for line in output.splitlines():
                self.count("kept: " + line.rsplit(": ", 1)[-1].split(" another")[0].strip())
            if status != 0:
                self.fault("state push ends with %s: %s%s" % (status, output, error))
            kept = self.bench.git(clone, "for-each-ref", "refs/bankhook/unpushed")
            if kept:
                self.fault("%s still keeps %s" % (clone, kept.decode()))
        while (status := self.apply(first, file, [], wanted, none)) == 4:
            self.count("waits in the end")
        if status != 0:
            self.fault("the last apply ends with %s" % status)
        status, output, error = self.run(
            first, ["plan", "--detailed-exitcode", "--config", file], none)
        if status != 0 or "nothing to send" not in output:
            self.fault("the last plan ends with %s: %s%s" % (status, output, error))


def main():
    bankhook, appliers, clones, applies, seed = sys.argv[1], *map(int, sys.argv[2:6])
    folder = tempfile.mkdtemp(prefix="bankhook-clones-")
    begin = time.monotonic()
    is_long = applies >= 500
    rates = {"kill": 0.08, IN_REQUEST: 0.06, "signal": 0.04, "stop": 0.02}
    if is_long:
        rates["stop past the lease"] = 0.01
    bench = Bench(os.path.abspath(bankhook), folder, Fleet(ENVIRONMENTS), clones, DELAY)
    run = Run(bench, appliers, applies, rates, seed)
    try:
        init = bench.fleet.configuration(
            bench.relay.base_url, {n: ("https://x.lender.example/", 1) for n in bench.fleet.names})
        with open(os.path.join(bench.clones[0], "init.yaml"), "w") as file:
            file.write(init)
        status, output, error = run.run(
            bench.clones[0], ["state", "init", "--config", "init.yaml"], ("none", None))
        if status != 0:
            raise SystemExit("state init failed: %s%s" % (output, error))
        run.work()
        run.settle()
        versions = read_history(bench.remote, BRANCH)
        sent, intervals = bench.sent(), bench.relay.seen()
        faults = run.faults + judge(
            versions, run.claims, sent, bench.registrations(), intervals)
    finally:
        bench.end()
    faults += bench.canaries()
    report(bench, run, faults, sent, intervals, versions, time.monotonic() - begin)
    if faults:
        print("what is left of it: %s" % folder, file=sys.stderr)
        sys.exit(1)
    shutil.rmtree(folder)


def report(bench, run, faults, sent, intervals, versions, seconds):
    commits = bench.git(bench.remote, "rev-list", "--count", BRANCH).decode().strip()
    print("%d appliers on %d clones, seed %d: %.0f s" % (
        len(run.threads), len(bench.clones), run.seed, seconds))
    for what, count in sorted(run.counts.items()):
        print("  %5d %s" % (count, what))
    print("  %5s commits, %d versions of records, %d requests (%d cut off by a death), "
          "%d claims" % (
              commits, sum(map(len, versions.values())), sum(map(len, sent.values())),
              sum(1 for entry in intervals if entry[3] == "gone"), len(run.claims)))
    for fault in faults[:50]:
        print("FAULT: %s" % fault, file=sys.stderr)
    if not faults:
        print("No record lost, no request overlapped, serials one apart, history equal to the "
              "server's log, no credential anywhere.")


if __name__ == "__main__":
    main()
