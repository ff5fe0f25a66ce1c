"""Searches what the git store prints, commits and hands to git for parts of secrets (faults.md: D,
and promise 5): see leaks.py.

    sh Tests/Faults/leaks.sh --store git [--only TRIAL]

The token is held by a variable that git would otherwise be given, and others of git's variables
hold secrets too. Then remotes that quote a secret in each form, when they are fetched from and when
they are pushed to.
"""

import branch
import canary
import trial

#: What there is to run beside the commands of both stores.
COMMANDS = (
    ("state", "init"),
    ("state", "push"),
    ("state", "accept-rewrite", "--tip", "0" * 40),
    ("state", "unlock", "--id", "00000000-0000-4000-8000-000000000000"),
    ("state", "migrate", "--from", "git", "--to", "directory:copy"),
)
#: The variable that holds the token: one that git would be given if it held none.
HOLDER = "GIT_SSH_COMMAND"


def hold(bench, folder):
    """Lets that variable hold the token; returns all variables, with some that git must not get."""
    file = folder / "bankhook.yaml"
    file.write_text(file.read_text().replace("env: TOKEN", f"env: {HOLDER}"))
    found = bench.variables()
    found[HOLDER] = found.pop("TOKEN")
    key = bench.secrets.keys["token"]
    planted = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.name",
        "GIT_CONFIG_VALUE_0": key,
        "GIT_AUTHOR_NAME": key,
        "GIT_COMMITTER_NAME": key,
        "GIT_DIR": f"/{key}",
        "GIT_INDEX_FILE": f"/{key}",
        "GIT_TRACE": "1",
        "SSH_KEY": key,
    }
    return {**planted, **found}


def refused(run, status, bench, folder):
    if run.status != status:
        raise trial.Violation(f"expected exit status {status}: {run}")
    bench.search(folder)


def echo(bench, folder, form, when, number):
    """The remote quotes a secret, in some form, in its refusal."""
    secrets = bench.secrets
    value = (secrets.keys["token"], secrets.hashes["token"], secrets.tokens["now"])[number % 3]
    # Where the secrets stand themselves nothing is searched.
    text = folder / "keys" / "echo"
    text.write_text(f"fatal: you sent {list(canary.echoes(value[4:14]))[form]} and it is wrong\n")
    words = f"cat '{text.resolve()}' >&2; exit 1\n"
    if when == "fetched":
        (folder / "keys" / "say").write_text(words)
        branch.git(folder, "config", "protocol.ext.allow", "always")
        branch.git(folder, "remote", "set-url", "origin", f"ext::sh {folder}/keys/say")
        for command in (("plan",), ("apply", "--auto-approve"), ("state", "list")):
            refused(bench.run(folder, *command), 1, bench, folder)
        return "a remote that quotes a secret when it is fetched from"
    hooks = folder / "remote.git/hooks"
    hooks.mkdir()
    hook = hooks / "pre-receive"
    hook.write_text(f"#!/bin/sh\n{words}")
    hook.chmod(0o755)
    run = bench.run(folder, "apply", "--auto-approve")
    refused(run, 1, bench, folder)
    if "took no push" not in run.error:
        raise trial.Violation(f"another failure than the remote's: {run}")
    return "a remote that quotes a secret when it is pushed to"


def password(bench, folder):
    """The remote's URL in git's own settings holds one, and the remote does not answer."""
    key = bench.secrets.keys["token"]
    branch.git(folder, "remote", "set-url", "origin", f"http://user:{key}@127.0.0.1:1/state")
    for command in (("plan",), ("apply", "--auto-approve"), ("state", "init")):
        run = bench.run(folder, *command)
        if run.status != 1:
            raise trial.Violation(f"{run}")
    branch.git(folder, "remote", "set-url", "origin", "remote.git")
    return "a password in the remote's URL"


def jobs(children):
    """All trials; `children` runs commands under strace."""
    found = [(children, f"children:{level}", "mixed", (level,)) for level in ("warning", "trace")]
    for form in range(len(list(canary.echoes("")))):
        when = ("pushed", "fetched")[form % 2]
        found.append((echo, f"echo:{form}:{when}", "mixed", (form, when, form)))
    return [*found, (password, "password", "mixed", ())]
