"""What clones.py sets up: an emulator behind a relay, a bare remote, clones of it, and a fleet."""
import base64
import hashlib
import json
import os
import shutil
import subprocess
import time
import urllib.request

from clones_judge import Sent
from clones_proxy import Relay

BRANCH = "bankhook-state"
UPDATE = "/bank-connect/v1/entity/update_webhook/"
CANARY = "bhCanary9Zq4"
# Every third clone has no history of its own.
SHALLOW = 3


class Fleet:
    """Environments in accounts of their own, and the variables that their credentials are in."""

    def __init__(self, size):
        self.names = ["e%02d" % number for number in range(size)]
        self.secrets = {
            name: ("key-%s-%s" % (CANARY, name), "hash-%s-%s" % (CANARY, name))
            for name in self.names
        }

    def variables(self, home):
        # A short path: each folder before git's costs a process at every call.
        path = os.path.dirname(shutil.which("git") or "/usr/bin/git") + ":/usr/bin:/bin"
        variables = {"PATH": path, "HOME": home, "TMPDIR": home}
        for name, (key, digest) in self.secrets.items():
            variables["%s_KEY" % name.upper()] = key
            variables["%s_HASH" % name.upper()] = digest
        return variables

    def account(self, name):
        """The name that the emulator gives to an environment's account."""
        digest = hashlib.sha256(":".join(self.secrets[name]).encode()).hexdigest()
        return "acct-" + digest[:8]

    def configuration(self, base_url, wanted):
        """`wanted` are the URL and the mode of each environment."""
        lines = [
            "version: 1", "defaults:", "  base_url: " + base_url, "  timeout: 8s",
            "  credentials:", '    api_key: { env: "{ENVIRONMENT}_KEY" }',
            '    server_hash: { env: "{ENVIRONMENT}_HASH" }',
            "state:", "  git: { remote: origin, branch: %s, path: records, lease: 30s }" % BRANCH,
            "environments:",
        ]
        for name in self.names:
            lines.append("  %s: { webhook_url: %s, webhook_mode: %d }" % (name, *wanted[name]))
        return "\n".join(lines) + "\n"


class Bench:
    def __init__(self, bankhook, folder, fleet, clones, delay):
        self.bankhook = bankhook
        self.folder = folder
        self.fleet = fleet
        self.variables = fleet.variables(folder)
        self.emulator, self.url = self.start_emulator()
        host, port = self.url.removeprefix("http://").split(":")
        self.relay = Relay((host, int(port)))
        self.put_faults([{"path": UPDATE, "times": 1_000_000, "delay_ms": delay}])
        self.remote = os.path.join(folder, "remote.git")
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", self.remote)
        self.outage = os.path.join(self.remote, "outage")
        self.hook()
        self.clones = [self.clone(number) for number in range(clones)]

    def start_emulator(self):
        ready = os.path.join(self.folder, "ready")
        self.emulator_log = open(os.path.join(self.folder, "emulator.log"), "wb")
        process = subprocess.Popen(
            [self.bankhook, "emulate", "--port", "0", "--any-account", "--ready-file", ready],
            stdout=self.emulator_log, stderr=self.emulator_log, env={"PATH": os.environ["PATH"]})
        while not os.path.exists(ready):
            if process.poll() is not None:
                raise SystemExit("the emulator ended with %d" % process.returncode)
            time.sleep(0.02)
        with open(ready) as file:
            return process, file.read().strip()

    def hook(self):
        """The remote refuses every push while there is an outage."""
        path = os.path.join(self.remote, "hooks", "pre-receive")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write("#!/bin/sh\n[ ! -e outage ] || { echo 'out of order' >&2; exit 1; }\n")
        os.chmod(path, 0o755)

    def clone(self, number):
        path = os.path.join(self.folder, "clone%d" % number)
        if number == 0:
            self.git(self.folder, "clone", "--quiet", self.remote, path)
            identity = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid"]
            for message in ("one", "two"):
                self.git(path, *identity, "commit", "--quiet", "--allow-empty", "-m", message)
            self.git(path, "push", "--quiet", "origin", "HEAD:main")
        else:
            depth = ["--depth=1"] if number % SHALLOW == SHALLOW - 1 else []
            self.git(self.folder, "clone", "--quiet", *depth, "file://" + self.remote, path)
        return path

    def git(self, folder, *arguments):
        return subprocess.run(
            ["git", "-C", folder, *arguments], env=self.variables, check=True,
            capture_output=True).stdout

    def request(self, method, path, value=None):
        data = json.dumps(value).encode() if value is not None else None
        request = urllib.request.Request(
            self.url + "/_emulator/" + path, data, {"content-type": "application/json"},
            method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def put_faults(self, faults):
        self.request("PUT", "faults", faults)

    def sent(self):
        """The requests that the emulator saw, by environment, in its order."""
        names = {self.fleet.account(name): name for name in self.fleet.names}
        sent = {name: [] for name in self.fleet.names}
        for entry in self.request("GET", "requests"):
            body = entry["body"]
            sent[names[entry["account"]]].append(
                Sent(body["webhook_url"], body["webhook_mode"], entry["status"]))
        return sent

    def registrations(self):
        names = {self.fleet.account(name): name for name in self.fleet.names}
        return {
            names[entry["account"]]: (entry["webhook_url"], entry["webhook_mode"])
            for entry in self.request("GET", "registrations")
        }

    def end(self):
        self.emulator.terminate()
        self.emulator.wait()
        self.emulator_log.close()

    def canaries(self):
        """Where a credential shows: in files of remote and clones, and in objects of theirs."""
        faults = []
        for repository in [self.remote, *self.clones]:
            objects = self.git(
                repository, "cat-file", "--batch-all-objects", "--batch", "--unordered")
            if holds_canary(objects):
                faults.append("a credential is in an object of %s" % repository)
        for folder, _, files in os.walk(self.folder):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    if holds_canary(file.read()):
                        faults.append("a credential is in %s/%s" % (folder, name))
        return faults


def spellings():
    """The canary plain, in hexadecimal digits, and in base64 at each alignment."""
    plain = CANARY.encode()
    found = [plain, plain.hex().encode(), plain.hex().upper().encode()]
    for shift, mixed in enumerate((0, 2, 3)):
        text = base64.b64encode(b"\0" * shift + plain)
        # What stands beside it changes the characters at both ends.
        found.append(text[mixed:].rstrip(b"=")[:-1])
    return found


def holds_canary(data):
    return any(spelling in data for spelling in SPELLINGS)


SPELLINGS = spellings()
