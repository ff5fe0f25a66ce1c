"""Runs the commands of a page, from top to bottom, as a reader would: run.sh starts it.

A block marked `sh` is run by `sh -e` in one folder, with the variables that earlier blocks exported. What
stands in an HTML comment before a block says what is special about it:

    file: NAME       the block is that file's text
    exit: N          its last command ends with N; 0 without
    not run: WHY     it is left out

The emulator's address in a page is replaced by that of one on a free port.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

BLOCK = re.compile(r"(?:<!-- (file|exit|not run): (.*?) -->\n)?```(\w+)\n(.*?)^```$", re.S | re.M)
ADDRESS = "http://127.0.0.1:8585"
#: Prints the variables, wherever and however a block ends.
EPILOGUE = "trap 'status=$?; export -p > \"$VARIABLES\"; pwd > \"$PLACE\"; exit $status' EXIT\n"


def emulator(bankhook, folder):
    ready = folder / "ready"
    process = subprocess.Popen(
        [bankhook, "emulate", "--quiet", "--any-account", "--port", "0", "--ready-file", str(ready)])
    end = time.monotonic() + 60
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit("the emulator does not start")
        time.sleep(0.02)
    return process, ready.read_text().strip()


def run(page, folder, base_url, path):
    """The number of blocks that were run, and what went wrong, or None."""
    text = pathlib.Path(page).read_text(encoding="utf-8")
    place, count = folder / "work", 0
    place.mkdir()
    variables, where = folder / "variables", folder / "place"
    variables.write_text("")
    where.write_text(str(place))
    for mark, value, language, body in BLOCK.findall(text):
        body = body.replace(ADDRESS, base_url)
        if mark == "file":
            (pathlib.Path(where.read_text().strip()) / value).write_text(body)
        elif language == "sh" and mark != "not run":
            count += 1
            script = folder / "block"
            script.write_text(f". '{variables}'\n{EPILOGUE}{body}")
            done = subprocess.run(
                ["sh", "-e", str(script)], cwd=where.read_text().strip(), text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                timeout=120, check=False,
                env={"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
                     "VARIABLES": str(variables), "PLACE": str(where),
                     "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@lender.example",
                     "GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "n@lender.example"})
            if done.returncode != (int(value) if mark == "exit" else 0):
                return count, f"exit {done.returncode} of\n{body}---\n{done.stdout}"
    return count, None


def main():
    bankhook = os.path.abspath(sys.argv[1])
    failures = 0
    for page in sys.argv[2:]:
        with tempfile.TemporaryDirectory(prefix="bankhook-docs-") as folder:
            folder = pathlib.Path(folder)
            (folder / "bin").mkdir()
            (folder / "bin/bankhook").symlink_to(bankhook)
            process, base_url = emulator(bankhook, folder)
            try:
                count, problem = run(
                    page, folder, base_url, f"{folder / 'bin'}:/usr/local/bin:/usr/bin:/bin")
            finally:
                process.terminate()
                process.wait()
        if problem or not count:
            print(f"{page}: {problem or 'it has no block to run'}", file=sys.stderr)
            failures += 1
        else:
            print(f"{page}: {count} blocks run")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
