"""Runs what the pages tell a reader to run, and checks what they claim: run.sh starts it.

A block marked `sh` is run by `sh -e` in the page's own folder, with the variables that earlier blocks
exported, against an emulator of its own. What stands in an HTML comment before a block says what is
special about it:

    file: NAME         the block is that file's text
    exit: N            its last command ends with N; 0 without
    expected           the block before it prints these lines; … stands for any text, alone on its
                       line for any lines
    expected: SERVER   the server (emulate, listen) prints them, within some seconds
    background         it starts a server, which runs until the page's end
    again              run once more, whatever that ends with, it changes nothing in the remote origin
    not run: WHY       it is left out

and this stands alone:

    stop: SERVER       ends a server

A page begins where a reader does, in a clone of bankhook of which it has examples/workspace.sh: nothing
is set up behind its back but the emulator, where the page starts none. The ports that a page writes are
replaced by free ones.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import claims
import commands
import judge
import page as pages


def run(page, bankhook):
    """What there is to say of a page, and whether it is well."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bankhook-docs-") as folder:
        one = pages.Run(page, pathlib.Path(folder), bankhook)
        try:
            one.all()
        except (pages.Problem, subprocess.TimeoutExpired, OSError) as problem:
            return f"{page}: {problem}", False
        finally:
            if one.servers or one.own:
                one.end()
    said = f"{page}: {one.count} blocks run, {one.matched} outputs as shown"
    said += f", {one.left_out} left out" if one.left_out else ""
    return f"{said} ({time.monotonic() - begun:.1f} s)", True


def main():
    bankhook = os.path.abspath(sys.argv[1])
    # Twice the processors: a page waits for servers and retries most of its time.
    named = sys.argv[2:] or sorted(
        str(path) for path in claims.pages() if path.parts[0] == "docs")
    failures = 0
    if not sys.argv[2:]:
        for mistake in judge.mistakes(bankhook):
            raise SystemExit(mistake)
    with concurrent.futures.ThreadPoolExecutor(2 * (os.cpu_count() or 2)) as pool:
        for said, is_well in pool.map(lambda page: run(page, bankhook), named):
            print(said, file=sys.stdout if is_well else sys.stderr, flush=True)
            failures += not is_well
    if not sys.argv[2:]:
        mistakes = claims.all_claims() + list(
            commands.differences(sys.argv[1], claims.pages()))
        print("\n".join(mistakes), file=sys.stderr, end="\n" if mistakes else "")
        failures += len(mistakes)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
