"""Measures the verdict on a megabyte of anything (faults.md: F).

    sh Tests/Faults/verdicts.sh [--long] [--only INPUT]

Each input goes to the command that reads it: a configuration to validate, a record to plan, a saved
plan to apply. What is measured is processor time and the most memory, beside that of a small good
input. More than 64 MiB above it is a violation in any build, and no verdict is one. More than a second
is one with --long only, which is for a release build (BANKHOOK=.build/release/bankhook) and prints
every input; a debug build takes many times as long.
"""

import multiprocessing
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import runner

MEBIBYTE = 1 << 20
MOST_SECONDS, MOST_MEMORY = 1.0, 64.0
GOOD = """version: 1
environments:
  uat:
    webhook_url: https://uat.lender.example/bankconnect
    webhook_mode: 0
    credentials: { api_key: { env: KEY }, server_hash: { env: HASH } }
"""


def filled(part, start="", end=""):
    """A megabyte of one part between a start and an end."""
    count = (MEBIBYTE - len((start + end).encode())) // len(part.encode())
    return start + part * count + end


def numbered(form, start="", end=""):
    """A megabyte of parts that differ."""
    parts, size = [], len(start) + len(end)
    while size < MEBIBYTE - 64:
        parts.append(form.replace("#", str(len(parts))))
        size += len(parts[-1])
    return start + "".join(parts) + end


def bomb():
    lists = "".join(
        f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    return filled("# ....\n", "x-0: &a0 [1]\n" + lists)


ENVIRONMENT = "  e#: { webhook_url: 'https://h.lender.example/#', webhook_mode: 0, X }\n"
REFERENCES = "credentials: { api_key: { env: K# }, server_hash: { env: H# } }"
HEAD = "version: 1\nenvironments:\n"
RECORD = '{"schema": 1, "serial": '


def configurations():
    return {
        "open lists": filled("["),
        "open mappings": filled("{a: "),
        "open items": filled("- "),
        "a list": filled("1,", "x-a: [", "1]"),
        "a list of lists": filled("[],", "x-a: [", "1]"),
        "aliases": filled("*a,", "x-0: &a [1,1]\nx-a: [", "1]"),
        "short keys": numbered("k#,", "x-a: {", "}"),
        "anchors of one name": filled("&a 1,", "x-a: [", "1]"),
        "tags": filled("!a 1,", "x-a: [", "1]"),
        "an open string": filled("x", "version: \""),
        "one key again and again": filled("version: 1\n"),
        "keys that nobody knows": numbered("k#: 1\n", "version: 1\n"),
        "nearly known keys": numbered("enviromnents#: 1\n", "version: 1\n"),
        "tag directives": numbered("%TAG !t#! tag:x:\n"),
        "an alias bomb": bomb(),
        "a row of merges": numbered("x-#: &m# { <<: *m, k#: 1 }\n", "x-m: &m { a: 1 }\n"),
        "anchors": numbered("x-#: &m# 1\n"),
        "environments without a mistake": numbered(ENVIRONMENT.replace("X", REFERENCES), HEAD),
        "environments of one account": numbered(
            ENVIRONMENT.replace("X", REFERENCES.replace("#", "")), HEAD
        ),
        "environments that are nothing": numbered("  e#: 1\n", HEAD),
        "a long mode": filled("0", HEAD + "  a: { webhook_mode: 1", " }\n"),
        "a long URL": filled("a", HEAD + "  a: { webhook_url: 'https://h.example/", "' }\n"),
        "placeholders": numbered("{p#}", HEAD + "  a: { webhook_url: 'https://h.example/", "' }\n"),
        "a long name": filled("n", HEAD + "  ", ": {}\n"),
        "combining marks": filled("\u0301", "x-a: a"),
        "invisible characters": filled("a\u200b", "x-a: "),
        "escapes": filled("\\u0041", 'x-a: "', '"\n'),
        "line breaks": filled("\n"),
        "carriage returns": filled("\r\n", "version: 1\r\n"),
        "conflict markers": filled("<<<<<<< HEAD\n=======\n>>>>>>> x\n"),
        "one long comment": filled("#"),
        "pasted keys": numbered("    api_key: hunter2-#\n", HEAD + "  a:\n   credentials:\n"),
    }


def records():
    return {
        "open lists": filled("["),
        "open objects": filled('{"a":'),
        "a long number": filled("1", RECORD),
        "a long string": filled("x", '{"lineage": "'),
        "escapes": filled("\\u0041", '{"lineage": "', '"}'),
        "one key again and again": filled('"schema": 1, ', "{", '"a": 1}'),
        "keys": numbered('"k#": 1,', "{", '"a": 1}'),
        "blanks": filled(" "),
        "a list": filled("1,", "[", "1]"),
    }


# What a process has used at most counts for those that it starts: one that has loaded nothing does it.
MEASURE = """
import os, sys
nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nothing)
_, status, usage = os.wait4(pid, 0)
own = os.wait4(os.posix_spawn("/bin/true", ["true"], {}), 0)[2].ru_maxrss
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, own, os.waitstatus_to_exitcode(status),
      file=sys.stderr)
"""


def measured(bankhook, folder, command):
    """Processor seconds and mebibytes of a command, the least mebibytes that would show, and its exit
    status."""
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", MEASURE, bankhook, *command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "KEY": "k" * 20, "HASH": "h" * 20},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, peak, own, status = ended.stderr.split()
    return float(seconds), int(peak) / 1024, int(own) / 1024, int(status)


def write(folder):
    """Writes every input into a file of its name."""
    for kind, texts in (("configuration", configurations()), ("record", records())):
        for name, text in texts.items():
            (folder / f"{kind}: {name}").write_text(text)


def inputs(folder):
    """(name, command, statuses that are a verdict), one after the other.

    What this process has used at most counts for those that it starts, so another one makes them."""
    writer = multiprocessing.Process(target=write, args=(folder,))
    writer.start()
    writer.join()
    state = folder / "bankhook.state"
    state.mkdir()
    for path in sorted(folder.glob("configuration: *")):
        yield path.name, ("validate", "-c", path.name), (0, 1)
    for path in sorted(folder.glob("record: *")):
        shutil.copyfile(path, state / "uat.json")
        yield path.name, ("plan",), (1,)
        (state / "uat.json").unlink()
        yield path.name.replace("record", "saved plan"), ("apply", path.name), (1,)


def main():
    found = runner.options(__doc__.splitlines()[0])
    worst, violations = [], []
    with tempfile.TemporaryDirectory() as root:
        folder = pathlib.Path(root)
        (folder / "bankhook.yaml").write_text(GOOD)
        _, base, own, status = measured(found.bankhook, folder, ("validate",))
        if status != 0 or base <= own:
            sys.exit(f"verdicts: no baseline: exit {status}, {base:.0f} MiB beside {own:.0f} here")
        for name, command, verdicts in inputs(folder):
            if found.only not in (None, name):
                continue
            seconds, memory, _, status = measured(found.bankhook, folder, command)
            worst.append((seconds, memory - base, name))
            if found.long:
                print(f"{seconds:6.2f} s {memory - base:4.0f} MiB  {name}", flush=True)
            is_slow = found.long and seconds > MOST_SECONDS
            if status not in verdicts or memory - base > MOST_MEMORY or is_slow:
                how = f"{signal.Signals(-status).name}" if status < 0 else f"exit {status}"
                violations.append(f"{name}: {how}, {seconds:.2f} s, {memory - base:.0f} MiB")
    slowest, largest = max(worst), max(worst, key=lambda one: one[1])
    print(
        f"verdicts: {len(worst)} inputs of 1 MiB; slowest {slowest[0]:.2f} s ({slowest[2]}), "
        f"most memory {largest[1]:.0f} MiB above the baseline ({largest[2]}); "
        f"{len(violations)} violations"
    )
    for violation in violations:
        print(f"  {violation}", file=sys.stderr)
    sys.exit(1 if violations else 0)


runner.guarded("verdicts", main)
