"""Searches everything that bankhook prints, writes and hands to children for parts of its secrets
(faults.md: D, and promise 5).

    sh Tests/Faults/leaks.sh [--only TRIAL]                 (--store git: see branch_leaks.py)

Every other script searches what its trials print and write too (canary.py says in which forms).
Here every command runs once in a git work tree, at the default log level and at trace, under
strace, which shows each child's arguments and environment; then against a server that echoes
secrets in each form, and with a key pasted where the file must have none.
"""

import json
import re
import subprocess
import urllib.request

import branch_leaks
import canary
import history
import runner
import trial

COMMANDS = (
    ("validate",),
    ("validate", "--format", "json"),
    ("config", "show"),
    ("config", "show", "--format", "json"),
    ("plan",),
    ("plan", "--format", "json", "--out", "saved.plan"),
    ("plan", "--format", "markdown", "--out-json", "plan.json"),
    ("apply", "saved.plan", "--out-json", "apply.json", "--out-markdown", "apply.md"),
    ("apply", "--auto-approve", "--reassert", "--format", "json"),
    ("apply", "--auto-approve", "--reassert", "--format", "markdown"),
    ("apply", "--auto-approve", "--format", "text", "--target", "nothing"),
    ("state", "list"),
    ("state", "list", "--format", "json"),
    ("state", "show", "token"),
    ("state", "show", "token", "--format", "json"),
    ("state", "verify"),
    ("state", "move", "token", "moved"),
    ("plan", "--all"),
    ("state", "move", "moved", "token"),
    ("state", "forget", "first"),
    ("state", "import", "first"),
    ("plan", "--reassert"),
)


def git(folder, *arguments):
    identity = ("-c", "user.name=nobody", "-c", "user.email=nobody@lender.example")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def children(bench, folder, log_level):
    """Every command, in a git work tree; each child that it starts is searched."""
    commands, variables = COMMANDS, bench.variables()
    if bench.store.follows:
        commands, variables = COMMANDS + branch_leaks.COMMANDS, branch_leaks.hold(bench, folder)
    else:
        git(folder, "init", "--quiet")
        (folder / ".gitignore").write_text("keys/\n")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", "the past")
    count = 0
    for number, command in enumerate(commands):
        record = bench.root / f"{number}.trace"
        run = subprocess.run(
            [
                *history.command(record, "execve,execveat"),
                bench.bankhook,
                *command,
                "--log-level",
                log_level,
            ],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        shown = " ".join(command)
        bench.canary.search(f"standard output of {shown}", run.stdout)
        bench.canary.search(f"standard error of {shown}", run.stderr)
        if run.returncode not in (0, 1):
            raise trial.Violation(f"{shown}: {run}")
        # The first is bankhook itself, which was given what the configuration names.
        calls = history.read(record)[1:]
        for call in calls:
            if not call.strings:
                raise trial.Violation(f"strace shows no arguments; {history.UNREAD}")
            bench.canary.search(f"what {shown} gave a child", b"\0".join(call.strings))
        count += len(calls)
        record.unlink()
        bench.search(folder)
    if count == 0:
        raise trial.Violation("no child was seen: strace or the work tree does not do its part")
    return f"{len(commands)} commands at {log_level}"


def echo(bench, folder, form, status):
    """The server's answer holds a secret of the environment that it answers, in some form."""
    secrets = bench.secrets
    text = {"key": secrets.keys["token"], "hash": secrets.hashes["token"]}
    text = {**text, "token": secrets.tokens["now"]}
    part = list(canary.echoes(text[form[0]][4:14]))[form[1]]
    path = "/bank-connect/v1/entity/update_webhook/"
    fault = {"path": path, "times": 1, "status": status, "body": f"you sent {part} and it is wrong"}
    request = urllib.request.Request(
        f"{bench.base_url}/_emulator/faults",
        json.dumps([fault]).encode(),
        method="PUT",
        headers={"content-type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=30).close()
    run = bench.run(folder, "apply", "--auto-approve", "--target", "token", "--format", "json")
    if run.status != (0 if status == 200 else 3):
        raise trial.Violation(f"{run}")
    return "secrets in an answer"


def pasted(bench, folder, where):
    """A real key stands in the file where only a reference may, beside another mistake."""
    file = folder / "bankhook.yaml"
    key, text = bench.secrets.keys["token"], file.read_text()
    if where == "api_key":
        text = re.sub(r"api_key: .*", f"api_key: {key}", text)
    elif where == "reference":
        text = re.sub(r"api_key: .*", f"api_key: {{ env: [{key}] }}", text)
    elif where == "token":
        text = text.replace(
            "{ token: { env: TOKEN } }", f"{{ token: {bench.secrets.tokens['now']} }}"
        )
    else:
        text = text.replace("https://first.", f"https://user:{key}@first.")
    file.write_text(text)
    for command in (("validate",), ("validate", "--format", "json"), ("plan",), APPLY):
        run = bench.run(folder, *command)
        if run.status != 1:
            raise trial.Violation(f"{run}")
    file.unlink()
    return "a key in the file"


APPLY = ("apply", "--auto-approve")


def main():
    found = runner.options(__doc__.splitlines()[0])
    found.trace_log = True
    if found.store == "git":
        jobs = branch_leaks.jobs(children)
        return runner.run("leaks", found, jobs, len(jobs))
    jobs = [(children, f"children:{level}", "mixed", (level,)) for level in ("warning", "trace")]
    for form in range(len(list(canary.echoes("")))):
        what = ("key", "hash", "token")[form % 3]
        for status in (400, 200):
            jobs.append((echo, f"echo:{what}:{form}:{status}", "mixed", ((what, form), status)))
    jobs += [
        (pasted, f"pasted:{where}", "mixed", (where,))
        for where in ("api_key", "reference", "token", "url")
    ]
    runner.run("leaks", found, jobs, len(jobs))


runner.guarded("leaks", main)
