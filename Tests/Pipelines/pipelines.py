"""Runs the steps of the pipelines in examples/pipelines, and of the README's, as their CI systems would:
run.sh starts it.

Each system plays its scenes on a bare repository with the example's configuration, pointed at an
emulator, with a fresh clone a job. Expressions that these files do not know, steps that they cannot
run and fields of a job that they do not expect are mistakes: a pipeline must not change without this
test noticing.
"""

import concurrent.futures
import contextlib
import pathlib
import subprocess
import sys
import tempfile

import bugs
import syntax
from github import GitHub, GitHubShort
from gitlab import GitLab, GitLabContainer
from jenkins import Jenkins
from scene import Problem, Scene
from scenes import scenes
from units import Cron, Systemd

SYSTEMS = (GitHub, GitHubShort, GitLab, GitLabContainer, Jenkins, Systemd, Cron)


def play(system, bankhook, examples, table):
    """Whether every scene of a system went as it must."""
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="bankhook-pipelines-")))
        title = "its beginning"
        try:
            scene = Scene(bankhook, examples, folder)
            stack.callback(scene.end)
            for title, outcome in scenes(system, scene):
                if outcome:
                    table.append((system.name, title, outcome))
            return True
        except (Problem, KeyError, OSError, subprocess.SubprocessError) as problem:
            table.append((system.name, title, f"FAILED: {problem!r}"))
            return False


def main():
    bankhook = pathlib.Path(sys.argv[1]).resolve()
    examples = pathlib.Path(sys.argv[2]).resolve()
    only = sys.argv[3:]
    if only[:1] == ["--bugs"]:
        sys.exit(0 if bugs.caught(bankhook, examples, play, only[1:]) else 1)
    systems = [each(examples) for each in SYSTEMS if not only or each.__name__ in only]
    faults = [] if only else syntax.faults(systems, examples)
    for fault in faults:
        print(fault, file=sys.stderr)
    # They wait more than they work.
    tables = [[] for _ in systems]
    with concurrent.futures.ThreadPoolExecutor(max_workers=3) as pool:
        passed = list(pool.map(
            lambda each: play(each[0], bankhook, examples, each[1]), zip(systems, tables)))
    for table in tables:
        for row in table:
            print("{:18}{:42}{}".format(*row))
    sys.exit(0 if all(passed) and not faults else 1)


if __name__ == "__main__":
    main()
