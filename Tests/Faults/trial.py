"""One trial: a fleet with a past, an apply that something happens to, and what must hold then.

A `Bench` is an emulator and a fleet's past beside it, made once with bankhook itself; each trial
is a copy of that past, so a trial takes one set-up less. Benches do not share anything.
"""

import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

import fleet as fleets
import records
import tracer
from violation import Violation

#: What standard error says of an environment once it is applied.
APPLIED = re.compile(r"^([a-z0-9]+): applied$", re.MULTILINE)


def is_to_server(call):
    """A connection to an IPv4 address; the system's own services have longer ones."""
    return call.name == "connect" and call.arguments[2] == 16


@dataclasses.dataclass
class Run:
    """How a run of bankhook ended (negative: by that signal), and what it printed."""

    status: int
    output: str
    error: str

    def json(self):
        try:
            return json.loads(self.output)
        except ValueError as error:
            raise Violation(f"no JSON on standard output: {error}\n{self}") from error

    def __str__(self):
        return f"status {self.status}\n--- output\n{self.output}--- error\n{self.error}---"


class Bench:
    """An emulator, and a fleet's past. `trace_log`: everything runs at log level trace."""

    def __init__(self, bankhook, root, store, fleet, trace_log=False):
        self.bankhook, self.store, self.fleet = str(bankhook), store, fleet
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=root))
        self.secrets, self.trials = fleets.Secrets(fleet), 0
        self.canary = self.secrets.canary
        self.more = ["--log-level", "trace"] if trace_log else []
        self.start_emulator()
        self.past = self.root / "past"
        self.past.mkdir()
        self.secrets.write_hashes(self.past)
        store.prepare(self.past)
        self.make_past()

    # MARK: the emulator

    def start_emulator(self):
        ready, log = self.root / "ready", self.root / "emulator.log"
        command = [self.bankhook, "emulate", "--port", "0", "--any-account", "--ready-file", ready]
        with open(log, "wb") as out:
            self.emulator = subprocess.Popen(
                [*command, *self.more],
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                env={"PATH": os.environ["PATH"]},
                preexec_fn=tracer.dies_with_parent,
            )
        while not ready.exists():
            if self.emulator.poll() is not None:
                raise Violation(f"the emulator does not start:\n{log.read_text()}")
            time.sleep(0.01)
        self.base_url = ready.read_text().strip()

    def ask(self, what):
        with urllib.request.urlopen(f"{self.base_url}/_emulator/{what}", timeout=300) as answer:
            return json.load(answer)

    def log(self, start=0):
        """The emulator's list of update calls, from an index on."""
        return self.ask("requests")[start:]

    def close(self):
        self.emulator.send_signal(signal.SIGTERM)
        self.emulator.wait()
        self.canary.search("the emulator's output", (self.root / "emulator.log").read_bytes())
        shutil.rmtree(self.root)

    # MARK: bankhook

    def variables(self, when="now"):
        return {"PATH": os.environ["PATH"], **self.secrets.variables(when)}

    def configure(self, folder, when="now"):
        state = self.store.configuration
        text = fleets.configuration(self.fleet, self.base_url, state, when)
        (folder / "bankhook.yaml").write_text(text)

    def run(self, folder, *arguments, when="now", **options):
        done = subprocess.run(
            [self.bankhook, *arguments, *self.more],
            cwd=folder,
            env=self.variables(when),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=600,
            **options,
        )
        return self.printed(done.returncode, done.stdout, done.stderr)

    def run_unblocked(self, folder, *arguments):
        """The same as a person does it who reads what a failure says: the lock files that it names, which
        a git that failed has left, are removed. Nothing may have been sent until then."""
        start = len(self.log())
        run = self.run(folder, *arguments)
        while run.status != 0 and len(self.log()) == start and self.store.unblock(folder, run):
            run = self.run(folder, *arguments)
        return run

    def traced(self, folder, points, *arguments, when="now", on_exit=None, follows=False):
        """The same under a tracer; `points` is called at every entry of a system call, with
        `follows` also at those of what bankhook starts."""
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as error:
            run = tracer.Tracer(points, on_exit, follows=follows)
            try:
                status = run.run(
                    [self.bankhook, *arguments, *self.more],
                    self.variables(when),
                    folder,
                    output.fileno(),
                    error.fileno(),
                )
            except tracer.Hung:
                raise Violation("bankhook does not end") from None
            output.seek(0), error.seek(0)
            return self.printed(status, output.read(), error.read())

    def printed(self, status, output, error):
        self.canary.search("standard output", output)
        self.canary.search("standard error", error)
        return Run(status, output.decode(), error.decode())

    def make_past(self):
        has_past = any(environment.past for environment in self.fleet)
        self.configure(self.past, "past" if has_past else "now")
        self.store.begin(self, self.past)
        if has_past:
            run = self.run(self.past, "apply", "--auto-approve", when="past")
            if run.status != 0:
                raise Violation(f"the past cannot be applied: {run}")
        for environment in self.fleet:
            if environment.doubted:
                self.configure(self.past, "doubted")
                connect = tracer.Points(is_to_server, 1, ("signal", signal.SIGKILL))
                arguments = ("apply", "--auto-approve", "--target", environment.name)
                self.traced(self.past, connect, *arguments, when="past")
                self.store.release(self, self.past)
        self.configure(self.past)
        self.before = self.store.records(self.past)
        for environment in self.fleet:
            data = self.before.get(environment.name)
            is_pending = data is not None and records.parse(environment.name, data)["pending"]
            if bool(is_pending) != environment.doubted or (data is None) != (not environment.past):
                raise Violation(f"the past of {environment.name} is not as it should be: {data}")

    def fresh(self, label):
        """A copy of the past, for one trial."""
        self.trials += 1
        folder = self.root / re.sub(r"[^a-z0-9]+", "-", label.lower())
        self.store.copy(self.past, folder)
        return folder

    # MARK: what must hold

    def states(self, folder):
        """What became of each environment's record: {name: old, pending or settled}."""
        return self.classified(self.store.records(folder))

    def classified(self, now):
        """The same of records, {name: bytes}."""
        strangers = now.keys() - {environment.name for environment in self.fleet}
        if strangers:
            raise Violation(f"records of nobody: {sorted(strangers)}")
        try:
            found = {
                wanted.name: records.classify(
                    wanted, self.before.get(wanted.name), now.get(wanted.name)
                )
                for wanted in self.fleet
            }
        except records.Torn as error:
            raise Violation(f"A: {error}") from error
        for wanted in self.fleet:
            if not wanted.changes and found[wanted.name] != "old":
                raise Violation(f"{wanted.name} was to stay as it is")
        return found

    def is_taken_back(self, name, kept):
        """Whether what a clone keeps of an environment is its record without the intent: nothing
        was sent."""
        return kept == self.before.get(name)

    def sent(self, start):
        """How many calls there were for each environment since an index; each with its mode."""
        counts = dict.fromkeys((environment.name for environment in self.fleet), 0)
        wanted = {self.secrets.account(item.name): item for item in self.fleet}
        for entry in self.log(start):
            environment = wanted.get(entry["account"])
            if environment is None:
                raise Violation(f"a request of nobody: {entry}")
            body = {"webhook_url": self.secrets.sent_url(environment)}
            body["webhook_mode"] = environment.mode
            if entry["body"] != body:
                raise Violation(f"{environment.name}: sent {entry['body']}, not {body}")
            counts[environment.name] += 1
        return counts

    def claims(self, run, states):
        """No success is claimed before its record stands."""
        for name in APPLIED.findall(run.error):
            if states[name] != "settled":
                raise Violation(f"{name} was called applied, and its record is {states[name]}")

    def plan_tells(self, folder, states):
        """C, first half: the next plan says what is unknown."""
        self.store.clear(self, folder)
        run = self.run(folder, "plan", "--format", "json", "--detailed-exitcode")
        is_due = any(item.changes and states[item.name] != "settled" for item in self.fleet)
        if run.status != (2 if is_due else 0):
            raise Violation(f"C: the next plan ended with {run}")
        changes = {change["environment"]: change for change in run.json()["changes"]}
        for item in self.fleet:
            codes = [reason["code"] for reason in changes[item.name]["reasons"]]
            was_doubted = item.doubted and states[item.name] == "old"
            is_unknown = states[item.name] == "pending" or was_doubted
            if ("outcome_unknown" in codes) != is_unknown:
                raise Violation(f"C: {item.name} is {states[item.name]}, and the plan says {codes}")
        for lock in self.store.locks(folder):
            if lock not in run.output:
                raise Violation(f"C: the plan does not name the lock {lock}: {run}")

    def converges(self, folder):
        """C, second half: one more apply, and everything is as wanted. Returns what it sent."""
        self.store.release(self, folder)
        start = len(self.log())
        run = self.run_unblocked(folder, "apply", "--auto-approve")
        if run.status != 0:
            raise Violation(f"C: the next apply ended with {run}")
        states = self.states(folder)
        for item in self.fleet:
            if states[item.name] != ("settled" if item.changes else "old"):
                raise Violation(f"C: after one more apply {item.name} is {states[item.name]}")
        untidy = self.store.untidy(folder)
        if untidy:
            raise Violation(f"after one more apply {untidy}")
        again = self.run(folder, "plan", "--detailed-exitcode")
        if again.status != 0:
            raise Violation(f"C: there is still something to do: {again}")
        self.search(folder)
        return self.sent(start)

    def search(self, folder):
        """D: no secret in what stands in a folder, packed as it may be."""
        self.canary.search_folder(folder)
        for what, data in self.store.packed(folder):
            self.canary.search(what, data)

    def is_registered(self):
        """The emulator has what is wanted, for everything that changed."""
        found = {entry["account"]: entry for entry in self.ask("registrations")}
        for item in self.fleet:
            entry = found.get(self.secrets.account(item.name))
            wanted = self.secrets.sent_url(item), item.mode
            if entry is None or (entry["webhook_url"], entry["webhook_mode"]) != wanted:
                raise Violation(f"C: {item.name} is registered as {entry}, not as {wanted}")
