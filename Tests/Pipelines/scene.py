"""A repository, an emulator and the machine that jobs run on."""

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request

UPDATE = "/bank-connect/v1/entity/update_webhook/"
BRANCH = "bankhook-state"
SECRETS = {
    "BANKCONNECT_UAT_API_KEY": "uat-key-canary",
    "BANKCONNECT_UAT_SERVER_HASH": "uat-hash-canary",
    "BANKCONNECT_PRODUCTION_API_KEY": "production-key-canary",
    "BANKCONNECT_PRODUCTION_SERVER_HASH": "production-hash-canary",
    "BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN": "token-canary-4f1c2a9b7d3e",
}

# Holds one push to the branch of the records while the file "slow" is there.
HOOK = """#!/bin/sh
[ -e slow ] || exit 0
while read -r _ _ name; do
    [ "$name" = refs/heads/bankhook-state ] || exit 0
done
rm slow
: > held
sleep 2
"""

# Plays the server of an SSH remote: it knows one deploy key, and the path lender/hooks.git.
SSH = """#!/bin/sh
set -eu
key=
only=no
while [ $# -gt 2 ]; do
    case $1 in
    -i) key=$2; shift ;;
    -o) [ "$2" != IdentitiesOnly=yes ] || only=yes; shift ;;
    esac
    shift
done
[ "$1" = git@git.lender.example ] && [ $only = yes ] && grep -q deploy-key-canary "$key" || {
    echo "git@git.lender.example: Permission denied (publickey)." >&2
    exit 255
}
cd "$(dirname "$0")/../served"
sh -c "$2"
"""


# Stands before git while jobs cannot reach main: what bankhook asks of its branch goes through.
NO_FETCH = """#!/bin/sh
case $1 in
fetch | pull)
    echo "fatal: unable to access the remote: Could not resolve host" >&2
    exit 128
    ;;
esac
exec {git} "$@"
"""


# Plays GitHub's API for the comments of one pull request, which stand in a file.
GH = """#!{python}
import json, pathlib, subprocess, sys
arguments = sys.argv[1:]
def option(name, default=None):
    if name not in arguments:
        return default
    at = arguments.index(name)
    value = arguments[at + 1]
    del arguments[at:at + 2]
    return value
query, field = option("--jq"), option("--field")
method = option("--method", "POST" if field else "GET")
path = [each for each in arguments[1:] if not each.startswith("--")]
file = pathlib.Path({file!r})
comments = json.loads(file.read_text())
if arguments[0] != "api" or len(path) != 1:
    sys.exit(f"gh: {{sys.argv}} is not known")
if field:
    name, _, source = field.partition("=@")
    text = pathlib.Path(source).read_text()
if (method, path[0]) == ("GET", "repos/lender/hooks/issues/7/comments"):
    sys.exit(subprocess.run(["jq", "--raw-output", query], input=json.dumps(comments), text=True).returncode)
if (method, path[0]) == ("POST", "repos/lender/hooks/issues/7/comments"):
    comments.append({{"id": 100 + len(comments), "user": {{"login": "github-actions[bot]"}}, "body": text}})
elif method == "PATCH":
    [one] = [each for each in comments if path[0] == f"repos/lender/hooks/issues/comments/{{each['id']}}"]
    one["body"] = text
else:
    sys.exit(f"gh: {{sys.argv}} is not known")
file.write_text(json.dumps(comments))
"""


class Problem(Exception):
    """A pipeline that does not do what it promises."""

    def __repr__(self):
        return str(self)


def check(holds, what):
    if not holds:
        raise Problem(what)


def wait_until(holds, what, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        check(time.monotonic() < end, what)
        time.sleep(0.02)


def run(arguments, folder, variables, **options):
    return subprocess.run(
        arguments, cwd=folder, env=variables, stdin=subprocess.DEVNULL, text=True,
        capture_output=True, timeout=120, check=False, **options)


class Scene:
    """A bare repository with the example's configuration, pointed at an emulator."""

    ssh_url = "git@git.lender.example:lender/hooks.git"

    def __init__(self, bankhook, examples, folder):
        self.folder = folder
        self.examples = examples
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.bin / "bankhook").symlink_to(bankhook)
        self.comments = folder / "comments.json"
        self.comments.write_text("[]")
        self.program("gh", GH.format(python=sys.executable, file=str(self.comments)))
        self.program("ssh", SSH)
        self.home = folder / "home"
        self.home.mkdir()
        self.secrets = dict(SECRETS)
        self.clones = itertools.count(1)
        self.commit = None
        self.start_emulator()
        self.remote = folder / "served/lender/hooks.git"
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        (self.remote / "hooks").mkdir(exist_ok=True)
        hook = self.remote / "hooks/pre-receive"
        hook.write_text(HOOK)
        hook.chmod(0o755)
        # The URLs of this repository at GitHub and GitLab lead here.
        for url in ("https://github.example/lender/hooks",
                    "https://bankhook@gitlab.example/lender/hooks.git"):
            self.git(folder, "config", "--global", "--add",
                     f"url.file://{self.remote}.insteadOf", url)
        self.work = self.clone()
        configuration = (examples / "bankhook/bankhook.yaml").read_text()
        configuration = re.sub(r" *base_url:.*\n", "", configuration)
        (self.work / "bankhook").mkdir()
        self.configure(configuration.replace("defaults:\n", f"defaults:\n  base_url: {self.url}\n"))
        shutil.copy(examples / "bankhook/policy.yaml", self.work / "bankhook")
        self.push("the configuration")
        done = run(["bankhook", "state", "init", "-c", "bankhook/bankhook.yaml",
                    "--policy", "bankhook/policy.yaml"], self.work, self.variables())
        check(done.returncode == 0, f"state init: {done.stderr}")

    def program(self, name, text):
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def start_emulator(self):
        ready = self.folder / "ready"
        self.emulator = subprocess.Popen(
            [str(self.bin / "bankhook"), "emulate", "--quiet", "--port", "0", "--any-account",
             "--ready-file", str(ready)])
        wait_until(lambda: ready.exists() or self.emulator.poll() is not None,
                   "the emulator does not start")
        check(ready.exists(), "the emulator ends at its start")
        self.url = ready.read_text().strip()

    def variables(self, **more):
        return {"PATH": f"{self.bin}:/usr/local/bin:/usr/bin:/bin", "HOME": str(self.home),
                "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", **more}

    def git(self, folder, *arguments):
        done = run(["git", *arguments], folder, self.variables(
            GIT_AUTHOR_NAME="n", GIT_AUTHOR_EMAIL="n@lender.example",
            GIT_COMMITTER_NAME="n", GIT_COMMITTER_EMAIL="n@lender.example"))
        check(done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def clone(self, origin=None):
        """A fresh clone, as a job gets it; `origin` is what its remote is called then."""
        place = self.folder / f"clone{next(self.clones)}"
        self.git(self.folder, "clone", "--quiet", f"file://{self.remote}", str(place))
        if self.commit:
            self.git(place, "reset", "--quiet", "--hard", self.commit)
        if origin:
            self.git(place, "remote", "set-url", "origin", origin)
        return place

    @contextlib.contextmanager
    def begun_at(self, commit):
        """Jobs begin with the clone of an older commit: somebody started an old run again."""
        self.commit = commit
        yield
        self.commit = None

    @contextlib.contextmanager
    def with_secrets(self, **others):
        """Jobs get these in place of the right ones."""
        self.secrets = SECRETS | others
        yield
        self.secrets = dict(SECRETS)

    @contextlib.contextmanager
    def without_bankhook(self):
        """Jobs find a bankhook that dies at once."""
        real = (self.bin / "bankhook").readlink()
        (self.bin / "bankhook").unlink()
        self.program("bankhook", "#!/bin/sh\nkill -9 $$\n")
        yield
        (self.bin / "bankhook").unlink()
        (self.bin / "bankhook").symlink_to(real)

    @contextlib.contextmanager
    def without_fetch(self):
        self.program("git", NO_FETCH.format(git=shutil.which("git")))
        yield
        (self.bin / "git").unlink()

    def configure(self, text):
        (self.work / "bankhook/bankhook.yaml").write_text(text)

    def edit(self, old, new):
        text = (self.work / "bankhook/bankhook.yaml").read_text()
        check(old in text, f"{old} is not in the configuration")
        self.configure(text.replace(old, new))
        self.push(f"{old} becomes {new}")

    def push(self, message):
        self.git(self.work, "add", "--all")
        self.git(self.work, "commit", "--quiet", "--message", message)
        self.git(self.work, "push", "--quiet", "origin", "HEAD:main")

    def ask(self, page, value=None):
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(
            f"{self.url}/_emulator/{page}", data, {"content-type": "application/json"},
            method="GET" if value is None else "PUT")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def sent(self):
        return len(self.ask("requests"))

    def delay(self, milliseconds):
        self.ask("faults", [{"path": UPDATE, "times": 1, "delay_ms": milliseconds}])

    def record(self, environment):
        """What the branch of the records holds of an environment, as a fresh clone would see it."""
        return json.loads(self.git(self.remote, "show", f"{BRANCH}:{environment}.json"))

    def hold_next_push(self):
        (self.remote / "held").unlink(missing_ok=True)
        (self.remote / "slow").touch()

    def is_push_held(self):
        return (self.remote / "held").exists()

    def end(self):
        self.emulator.terminate()
        self.emulator.wait()


def processes():
    """What /proc tells of every process: its parent, its arguments and its variables."""
    found = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                after = file.read().rpartition(")")[2].split()
            with open(f"/proc/{name}/cmdline", "rb") as file:
                arguments = file.read().decode(errors="replace").split("\0")
            with open(f"/proc/{name}/environ", "rb") as file:
                variables = file.read().decode(errors="replace").split("\0")
        except OSError:
            continue
        if after[0] != "Z":
            found[int(name)] = (int(after[1]), arguments, variables)
    return found
