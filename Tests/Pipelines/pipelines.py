"""Runs the steps of the pipelines in examples/pipelines as their CI systems would: run.sh starts it.

Each scene is a bare repository with the example's configuration, pointed at an emulator, and a fresh
clone a job. Expressions that this file does not know, steps that it cannot run and fields of a job
that it does not expect are mistakes: a pipeline must not change without this test noticing.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import yaml

UPDATE = "/bank-connect/v1/entity/update_webhook/"
SECRETS = {
    "BANKCONNECT_UAT_API_KEY": "uat-key-canary",
    "BANKCONNECT_UAT_SERVER_HASH": "uat-hash-canary",
    "BANKCONNECT_PRODUCTION_API_KEY": "production-key-canary",
    "BANKCONNECT_PRODUCTION_SERVER_HASH": "production-hash-canary",
    "BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN": "token-canary-4f1c2a9b7d3e",
}


class Problem(Exception):
    """A pipeline that does not do what it promises."""


def check(holds, what):
    if not holds:
        raise Problem(what)


def run(arguments, folder, variables, **options):
    return subprocess.run(
        arguments, cwd=folder, env=variables, stdin=subprocess.DEVNULL, text=True,
        capture_output=True, timeout=120, check=False, **options)


class Scene:
    """A repository, an emulator, and the machine that jobs run on."""

    def __init__(self, bankhook, examples, folder):
        self.folder = folder
        self.examples = examples
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.bin / "bankhook").symlink_to(bankhook)
        gh = self.bin / "gh"
        gh.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> "$HOME/comments"\n')
        gh.chmod(0o755)
        self.home = folder / "home"
        self.home.mkdir()
        self.jobs = 0
        self.start_emulator()
        self.remote = folder / "remote.git"
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        # GitLab's URL of this repository leads here.
        self.git(folder, "config", "--global", f"url.file://{self.remote}.insteadOf",
                 "https://bankhook@gitlab.example/lender/hooks.git")
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

    def start_emulator(self):
        ready = self.folder / "ready"
        self.emulator = subprocess.Popen(
            [str(self.bin / "bankhook"), "emulate", "--quiet", "--port", "0", "--any-account",
             "--ready-file", str(ready)])
        end = time.monotonic() + 60
        while not ready.exists():
            check(self.emulator.poll() is None and time.monotonic() < end,
                  "the emulator does not start")
            time.sleep(0.02)
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

    def clone(self):
        self.jobs += 1
        place = self.folder / f"clone{self.jobs}"
        self.git(self.folder, "clone", "--quiet", f"file://{self.remote}", str(place))
        return place

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

    def end(self):
        self.emulator.terminate()
        self.emulator.wait()


class Job:
    """One run of a job: its steps in order, and how it ended."""

    def __init__(self, scene, shell="bash"):
        self.scene = scene
        self.folder = scene.clone()
        self.shell = shell
        self.output = ""
        self.cancelled = False
        self.has_failed = False

    def step(self, script, variables, cancel_once=None):
        """Runs one script as the system does, in a process group of its own."""
        # A file, as the systems have it: a shell that gets one command as an argument replaces itself
        # by it, so that a missing exec would not show.
        file = self.scene.folder / f"step{time.monotonic_ns()}"
        file.write_text(script + "\n")
        process = subprocess.Popen(
            [self.shell, "-e", str(file)], cwd=self.folder, env=variables,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True)
        if cancel_once:
            cancel_once()
            # GitHub signals the process that it started; exec makes that bankhook.
            process.send_signal(signal.SIGINT)
            self.cancelled = True
        output, _ = process.communicate(timeout=120)
        self.output += output
        for value in SECRETS.values():
            check(value not in output, "a secret is in the log")
        if process.returncode != 0:
            self.has_failed = True
        return process.returncode


class GitHub:
    """What GitHub Actions makes of a workflow file."""

    name = "github"

    def __init__(self, examples):
        self.workflow = yaml.safe_load((examples / "github/bankhook.yml").read_text())
        check(self.workflow["permissions"] == {}, "a job has rights that it does not name")

    def job(self, scene, name, cancel_once=None):
        description = self.workflow["jobs"][name]
        unknown = set(description) - {
            "if", "runs-on", "permissions", "environment", "concurrency", "steps"}
        check(not unknown, f"{name} has {unknown}")
        job, status = Job(scene), 0
        for step in description["steps"]:
            if "uses" in step:
                check(step["uses"].startswith("actions/checkout@"), f"{step['uses']} is not known")
                check(step["with"]["fetch-depth"] == 0, "the history is not checked out")
                continue
            if job.has_failed or job.cancelled:
                if step.get("if") != "always()":
                    continue
            variables = scene.variables(**self.workflow["env"])
            for key, value in step.get("env", {}).items():
                variables[key] = self.value(name, value)
            one = job.step(step["run"], variables, None if job.cancelled else cancel_once)
            status = status or one
        return job, status

    def value(self, job, text):
        found = re.fullmatch(r"\$\{\{ secrets\.(\w+) \}\}", text)
        if found:
            check(job != "plan", "a pull request gets a secret")
            return SECRETS[found[1]]
        return {"${{ github.token }}": "token",
                "${{ github.event.pull_request.number }}": "7"}[text]

    def look(self, scene, name):
        return self.job(scene, {"plan": "plan", "drift": "drift"}[name])


class GitLab:
    """What GitLab makes of its file: before_script and script in one shell, after_script in another."""

    name = "gitlab"

    def __init__(self, examples):
        self.pipeline = yaml.safe_load((examples / "gitlab/.gitlab-ci.yml").read_text())

    def job(self, scene, name, cancel_once=None):
        description = self.pipeline[name]
        unknown = set(description) - {
            "stage", "rules", "script", "before_script", "after_script", "artifacts", "environment",
            "resource_group", "interruptible"}
        check(not unknown, f"{name} has {unknown}")
        job = Job(scene)
        variables = scene.variables(
            CI_DEFAULT_BRANCH="main", CI_SERVER_HOST="gitlab.example",
            CI_PROJECT_PATH="lender/hooks", CI_PROJECT_DIR=str(job.folder),
            **self.pipeline["variables"])
        if name != "plan":
            variables |= SECRETS | {"BANKHOOK_PUSH_TOKEN": "push-token-canary"}
        lines = description.get("before_script", []) + description["script"]
        status = job.step("\n".join(lines), variables, cancel_once)
        for line in description.get("after_script", []):
            # Its end does not count, as at GitLab.
            job.step(line, variables)
        left = subprocess.run(["grep", "-rl", "push-token-canary", str(job.folder)],
                              capture_output=True, text=True, check=False).stdout
        check(not left, f"the token is left in {left}")
        return job, status

    look = job


def scenes(system, scene):
    """The scenes of issue and README, one after the other on one repository."""
    yield "a plan of a pull request, without secrets"
    job, status = system.look(scene, "plan")
    check(status == 0, f"exit {status}: {job.output}")
    check("2 to register" in (job.folder / "plan.md").read_text(), "plan.md tells no plan")
    check(scene.sent() == 0, "a plan sent something")

    yield "a first apply"
    job, status = system.job(scene, "apply")
    check(status == 0, f"exit {status}: {job.output}")
    check(scene.sent() == 2, f"{scene.sent()} requests of 2")

    yield "nothing to do"
    job, status = system.job(scene, "apply")
    check(status == 0 and scene.sent() == 2, f"exit {status}, {scene.sent()} requests")
    job, status = system.look(scene, "drift")
    check(status == 0, f"drift: exit {status}: {job.output}")

    yield "a change"
    scene.edit("https://uat.lender.example/bankconnect", "https://uat.lender.example/two")
    job, status = system.look(scene, "drift")
    check(status == 2, f"drift: exit {status}: {job.output}")
    job, status = system.job(scene, "apply")
    check(status == 0 and scene.sent() == 3, f"exit {status}, {scene.sent()} requests")

    yield "an apply that is refused"
    scene.edit("https://uat.lender.example/two", "https://uat.lender.example/three")
    scene.ask("faults", [{"path": UPDATE, "times": 1, "status": 400}])
    job, status = system.job(scene, "apply")
    check(status == 3, f"exit {status}: {job.output}")
    check("nothing is kept" in job.output, "the last step did not run")
    check(system.look(scene, "drift")[1] == 2, "nothing is due after a failure")

    yield "an apply that is cancelled in its request"
    start = scene.sent()
    scene.ask("faults", [{"path": UPDATE, "times": 1, "delay_ms": 1500}])

    def once_sent():
        end = time.monotonic() + 60
        while scene.sent() == start:
            check(time.monotonic() < end, "no request came")
            time.sleep(0.02)

    job, status = system.job(scene, "apply", once_sent)
    check(status == 130, f"exit {status}: {job.output}")
    check("interrupted" in job.output, "the signal did not reach bankhook")
    check("nothing is kept" in job.output, "the last step did not run")
    scene.ask("faults", [])
    job, status = system.job(scene, "apply")
    check(status == 0, f"the next apply: exit {status}: {job.output}")
    check(system.look(scene, "drift")[1] == 0, "something is due after the next apply")

    yield "two at once"
    scene.edit("https://uat.lender.example/three", "https://uat.lender.example/four")
    start, ends = scene.sent(), []
    both = [threading.Thread(target=lambda: ends.append(system.job(scene, "apply")))
            for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    check([status for _, status in ends] == [0, 0],
          f"exits {[status for _, status in ends]}: {[job.output for job, _ in ends]}")
    check(scene.sent() == start + 1, f"{scene.sent() - start} requests of one change")


def units(examples):
    """What systemd and cron would start, with their own words for a shell."""
    text = (examples / "cron/bankhook-apply.service").read_text()
    check(re.search(r"^ExecStart=bankhook apply --auto-approve", text, re.M), "no apply")
    check(re.search(r"^ExecStopPost=bankhook state push$", text, re.M), "no push afterwards")
    if shutil.which("systemd-analyze"):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(examples / "cron/bankhook-apply.timer")],
            capture_output=True, text=True, check=False)
        faults = [line for line in done.stderr.splitlines() if "not executable" not in line
                  and "Unknown user" not in line and str(examples) in line]
        check(not faults, "\n".join(faults))
    else:
        print("systemd's units: not verified: systemd-analyze is missing")


def main():
    bankhook = pathlib.Path(sys.argv[1]).resolve()
    examples = pathlib.Path(sys.argv[2]).resolve()
    failures = 0
    for system in (GitHub(examples), GitLab(examples)):
        with contextlib.ExitStack() as stack:
            folder = pathlib.Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="bankhook-pipelines-")))
            scene = Scene(bankhook, examples, folder)
            stack.callback(scene.end)
            what = "its beginning"
            try:
                for what in scenes(system, scene):
                    print(f"{system.name}: {what}", flush=True)
            except (Problem, KeyError, subprocess.TimeoutExpired) as problem:
                print(f"{system.name}: {what}: {problem}", file=sys.stderr)
                failures += 1
    units(examples)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
