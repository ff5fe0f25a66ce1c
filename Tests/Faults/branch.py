"""The git store's place in a trial: a bare remote and a clone with the configuration, both in the
trial's folder, and what the state branch holds, read by `git fast-export` without bankhook.
"""

import dataclasses
import json
import os
import re
import shutil
import subprocess

from violation import Violation

BRANCH = "bankhook-state"
REMOTE = "remote.git"
LOCK = re.compile(r"state unlock --id ([0-9a-f-]{36})")
#: What a killed git leaves: it says so, and which file a person is to remove.
STALE = re.compile(r"Unable to create '([^']+\.lock)': File exists")


def git(folder, *arguments, **more):
    """Runs git, without this machine's settings."""
    variables = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "nobody",
        "GIT_AUTHOR_EMAIL": "nobody@lender.example",
        "GIT_COMMITTER_NAME": "nobody",
        "GIT_COMMITTER_EMAIL": "nobody@lender.example",
    }
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=variables, capture_output=True, **more
    )
    if done.returncode != 0:
        raise Violation(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


@dataclasses.dataclass
class Version:
    """One commit: its id, its message, its parent, and every file, {path: bytes}."""

    id: str
    message: str
    parent: str | None
    files: dict

    @property
    def records(self):
        return {
            path.removesuffix(".json"): data
            for path, data in self.files.items()
            if path.endswith(".json")
        }


def versions(folder, *revisions):
    """The commits that lead to a revision, oldest first: each with one parent at most."""
    stream = git(folder, "fast-export", "--show-original-ids", "--full-tree", *revisions)
    blobs, found, by_mark, place = {}, [], {}, 0
    current = None
    while place < len(stream):
        end = stream.index(b"\n", place)
        line, place = stream[place:end].decode(), end + 1
        word, _, rest = line.partition(" ")
        if word == "blob":
            current = None
        elif word == "commit":
            current = Version("", "", None, {})
            found.append(current)
        elif word == "mark":
            mark = rest
            if current:
                by_mark[mark] = current
        elif word == "original-oid" and current:
            current.id = rest
        elif word == "data":
            data, place = stream[place : place + int(rest)], place + int(rest)
            if current:
                current.message = data.decode()
            else:
                blobs[mark] = data
        elif word == "from":
            current.parent = by_mark[rest].id if rest in by_mark else rest
        elif word == "merge":
            raise Violation(f"{current.id} has two parents")
        elif word == "M":
            _, number, path = rest.split(" ", 2)
            current.files[path] = blobs[number]
    return found


class GitStore:
    """Records on the tip of a branch of a remote."""

    name = "git"
    follows = True
    #: The longest lease there is: a slow machine renews none while it is tried.
    configuration = (f"state: {{ git: {{ remote: origin, branch: {BRANCH}, lease: 1h }} }}",)

    def prepare(self, folder):
        git(folder, "init", "--quiet", "--template=", "--bare", REMOTE)
        git(folder, "init", "--quiet", "--template=", "--initial-branch=work")
        git(folder, "remote", "add", "origin", REMOTE)
        (folder / ".gitignore").write_text(f"keys/\n{REMOTE}/\n")
        (folder / "kept").write_text("committed\n")
        git(folder, "add", ".gitignore", "kept")
        git(folder, "commit", "--quiet", "--message=the work")
        # Somebody is at work in this clone: bankhook must not touch it.
        (folder / "staged").write_text("staged\n")
        git(folder, "add", "staged")
        (folder / "staged").write_text("changed since\n")
        (folder / "kept").write_text("changed\n")

    def begin(self, bench, folder):
        run = bench.run(folder, "state", "init")
        if run.status != 0:
            raise Violation(f"state init: {run}")

    def copy(self, source, target):
        shutil.copytree(source, target)

    # MARK: the branch

    def tip(self, folder):
        """The id of the remote's tip, read as a file: nothing packs its refs. None: it is away."""
        file = folder / REMOTE / "refs/heads" / BRANCH
        return file.read_text().strip() if file.exists() else None

    def versions(self, folder):
        return versions(folder / REMOTE, BRANCH)

    def records(self, folder):
        return self.versions(folder)[-1].records

    def history(self, bench, folder):
        """Every version since the past, each built upon the one before, as {name: kind}."""
        past, now = self.versions(bench.past), self.versions(folder)
        if [one.id for one in now[: len(past)]] != [one.id for one in past]:
            raise Violation("the branch's past is not what it was")
        for before, after in zip(now, now[1:]):
            if after.parent != before.id:
                raise Violation(f"{after.id} is not built upon {before.id}")
            if {path for path in after.files if not path.endswith(".json")} != {".gitattributes"}:
                raise Violation(f"{after.id} holds {sorted(after.files)}")
        return [(one, bench.classified(one.records)) for one in now[len(past) :]]

    def intended(self, bench, folder, tips, sent):
        """B: whenever a request began, its intent was on the branch."""
        history = self.history(bench, folder)
        known = {version.id: kinds for version, kinds in history}
        names = [name for name, count in sent.items() if count]
        if names and not tips:
            raise Violation(f"requests of {names}, and no connection was seen")
        for tip in tips - {None}:
            for name in names:
                if tip not in known or known[tip][name] != "pending":
                    raise Violation(f"B: {name} was sent while {tip}, without its intent, was the tip")
        order = {"old": 0, "pending": 1, "settled": 2}
        for (_, before), (_, after) in zip(history, history[1:]):
            if any(order[after[name]] < order[before[name]] for name in names):
                raise Violation(f"the branch went back from {before} to {after}")

    def locks(self, folder):
        found = set()
        for data in self.records(folder).values():
            pending = json.loads(data)["pending"]
            if pending and pending.get("expires_at"):
                found.add(pending["id"])
        return found

    # MARK: the clone

    def refs(self, folder):
        """The clone's refs, {name: id}."""
        place = folder / ".git"
        if (place / "packed-refs").exists():
            raise Violation("the clone's refs are packed")
        return {
            str(path.relative_to(place)): path.read_text().strip()
            for path in (place / "refs").rglob("*")
            if path.is_file() and path.suffix != ".lock"
        }

    def kept(self, folder):
        """The outcomes that the clone keeps, {name: bytes of its record}; None: an intent of a
        first registration was taken back, and its record with it."""
        found = {}
        for name, id in self.refs(folder).items():
            if name.startswith("refs/bankhook/unpushed/"):
                changed = git(folder, "diff-tree", "-r", "--name-status", "--no-commit-id", id)
                for line in changed.decode().splitlines():
                    kind, path = line.split("\t")
                    is_left = kind != "D"
                    found[path.removesuffix(".json")] = (
                        git(folder, "cat-file", "blob", f"{id}:{path}") if is_left else None
                    )
        return found

    def stale(self, folder):
        """Lock files of a git that was killed."""
        return {path for path in (folder / ".git").rglob("*.lock")}

    def release(self, bench, folder):
        """What a person does after a death: pushes what is kept, and ends the lock that apply
        names."""
        kept = self.kept(folder)
        if kept and bench.trials % 2:
            run = bench.run_unblocked(folder, "state", "push")
            if run.status != 0 or self.kept(folder):
                raise Violation(f"state push: {run}")
            kept = {}
        held = self.records(folder)
        for lock in self.locks(folder):
            names = [name for name, data in held.items() if lock.encode() in data]
            if all(name in kept for name in names):
                continue
            self.unlock(bench, folder, lock)

    def unlock(self, bench, folder, lock):
        start = len(bench.log())
        run = bench.run_unblocked(folder, "apply", "--auto-approve", "--lock-timeout", "0s")
        if run.status != 4 or LOCK.findall(run.error) != [lock] or bench.log(start):
            raise Violation(f"C: apply must be refused and name the lock {lock}: {run}")
        run = bench.run_unblocked(folder, "state", "unlock", "--id", lock)
        if run.status != 0 or lock in self.locks(folder):
            raise Violation(f"state unlock: {run}")

    def clear(self, bench, folder):
        """Removes the lock files that stand in the way, each as a message names it."""
        stale = {str(path.resolve()) for path in self.stale(folder)}
        for _ in stale:
            run = bench.run(folder, "plan")
            if run.status == 0:
                return
            if not self.unblock(folder, run):
                raise Violation(f"E: the failure names no file that git left: {run}; left: {stale}")

    def unblock(self, folder, run):
        """Removes the lock files that a failure names, as it says; False where it names none. Those of
        the remote are its own people's, whom git's words tell."""
        own = {str(path.resolve()) for path in self.stale(folder)}
        others = {str(path.resolve()) for path in (folder / REMOTE).rglob("*.lock")}
        named = {os.path.realpath(path) for path in STALE.findall(run.error)}
        if not named or not named <= own | others:
            return False
        if named & own and "remove that file" not in run.error:
            return False
        for path in named:
            os.unlink(path)
        return True

    # MARK: what must hold

    def untidy(self, folder):
        """What must not be left once an apply has ended well, as a text; None: all is well."""
        past = folder.parent / "past"
        before, after = self.refs(past), self.refs(folder)
        tips = [name for name in after if name.startswith("refs/bankhook/tip/")]
        for name in {*before, *after}:
            if name.startswith("refs/bankhook/transient/"):
                continue
            if name == f"refs/remotes/origin/{BRANCH}":
                # git's own note of a push, which a death may have come before.
                expected = {None} | {version.id for version in self.versions(folder)}
            else:
                expected = {self.tip(folder) if name in tips else before.get(name)}
            if after.get(name) not in expected:
                return f"{name} is at {after.get(name)}"
        if len(tips) != 1:
            return f"the tips {tips} are remembered"
        for name in (".git/HEAD", ".git/index", ".gitignore", "kept", "staged"):
            if (past / name).read_bytes() != (folder / name).read_bytes():
                return f"{name} is not what it was"
        for name in (".git/FETCH_HEAD", ".git/ORIG_HEAD"):
            if (folder / name).exists():
                return f"{name} is left"
        more = {path.name for path in folder.iterdir()} ^ {path.name for path in past.iterdir()}
        return f"{sorted(more)} came or went" if more else None

    def packed(self, folder):
        for place in (folder, folder / REMOTE):
            if place.is_dir():
                objects = git(place, "cat-file", "--batch-all-objects", "--batch", "--unordered")
                yield f"the objects of {place.name}", objects
