"""Whether the files of examples/pipelines are what their systems read, as far as can be told here.

What is missing on this machine is not checked, and said by name.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from github import GitHubShort

HERE = pathlib.Path(__file__).resolve().parent


def faults(systems, examples):
    return [fault for check in (
        lambda: schemas(examples), lambda: actionlint(examples), lambda: groovy(examples),
        lambda: shell(systems, examples), lambda: units(examples)) for fault in check()]


def run(arguments, text=None, **variables):
    return subprocess.run(arguments, input=text, text=True, capture_output=True, timeout=300,
                          check=False, env=os.environ | variables)


def without(program, what):
    print(f"not checked: {what}: {program} is missing")
    return []


def schemas(examples):
    """GitHub's and GitLab's own schemas, as check-jsonschema brings them along."""
    program = shutil.which("check-jsonschema")
    if not program:
        return without("check-jsonschema", "the workflow and .gitlab-ci.yml against schemas")
    found = []
    short = GitHubShort(examples).text(examples)
    done = run([program, "--builtin-schema", "vendor.github-workflows", "--default-filetype", "yaml",
                "-"], short)
    if done.returncode != 0:
        found.append(f"README.md: {done.stdout}{done.stderr}")
    for schema, path, more in (
            ("github-workflows", "github/bankhook.yml", []),
            ("gitlab-ci", "gitlab/.gitlab-ci.yml", ["--data-transform", "gitlab-ci"])):
        done = run([program, "--builtin-schema", f"vendor.{schema}", *more, str(examples / path)])
        if done.returncode != 0:
            found.append(f"{path}: {done.stdout}{done.stderr}")
    return found


def actionlint(examples):
    program = shutil.which("actionlint")
    if not program:
        return without("actionlint", "the expressions of the workflow")
    done = run([program, "-ignore", 'label "bankhook-.*" is unknown',
                str(examples / "github/bankhook.yml")])
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def groovy(examples):
    """The Jenkinsfiles as Groovy; what declarative pipelines may hold, only Jenkins can tell."""
    java = shutil.which("java")
    if not shutil.which("groovy") or not java:
        return without("groovy", "the Jenkinsfiles as Groovy")
    home = pathlib.Path(java).resolve().parent.parent
    done = run(["groovy", str(HERE / "jenkinsfile.groovy"),
                *map(str, sorted((examples / "jenkins").iterdir()))], JAVA_HOME=str(home))
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def shell(systems, examples):
    """Every script that a pipeline holds, and every shell script beside them."""
    program = shutil.which("shellcheck")
    if not program:
        return without("shellcheck", "the scripts of the pipelines")
    found, seen = [], set()
    for system in systems:
        for title, kind, text in system.steps():
            # ~/.bankhook-keys is nobody's to follow.
            done = run([program, f"--shell={kind}", "--exclude=SC1090", "-"], text)
            if done.returncode != 0 and (title, text) not in seen:
                found.append(f"{system.name}: {title}: {done.stdout}")
            seen.add((title, text))
    files = [*examples.parent.rglob("*.sh"), *HERE.glob("*.sh")]
    done = run([program, *map(str, files)])
    return found + ([] if done.returncode == 0 else [done.stdout])


def units(examples):
    program = shutil.which("systemd-analyze")
    if not program:
        return without("systemd-analyze", "systemd's units")
    folder = examples / "cron"
    files = sorted([*folder.glob("*.service"), *folder.glob("*.timer")])
    done = run([program, "verify", "--man=no", *map(str, files)])
    # bankhook itself need not be installed here, nor its user.
    found = [line for line in done.stderr.splitlines() if "bankhook-" in line
             and not re.search("bankhook is not executable|Unknown user", line)]
    for name in ("apply", "look"):
        done = run([program, "security", "--offline=yes", "--no-pager", "--threshold=20",
                    str(folder / f"bankhook-{name}.service")])
        if done.returncode != 0 and "nrecognized option" not in done.stderr:
            found.append((done.stdout + done.stderr).strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit("run.sh starts this")
