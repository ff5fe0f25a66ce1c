"""Pages that must fail, and what must be said of them: run.sh tries them before it judges any other."""

import pathlib
import subprocess
import tempfile

import page as pages

#: A branch that is gone, and what brings it back: run once more, with nothing to find, it deletes it.
BRANCH = ("```sh\ngit init -q --bare r; git init -q w; cd w; git remote add origin ../r\n"
          "git commit -q --allow-empty -m a; git rev-parse HEAD > ../seen\n"
          "git push -q origin HEAD:refs/heads/other\n```\n")
RESTORE = ("seen=$(cat ../seen || true); rm -f ../seen\n"
           "git push -q --force origin \"$seen:refs/heads/gone\"")
#: A page, and what is wrong with it; None where nothing is.
CASES = [
    ("```sh\necho a; echo c; echo b\n```\n<!-- expected -->\n```text\na\n…\nb\n```\n", None),
    ("```sh\nexport X=1; cd /\n```\n```sh\necho $X $PWD\n```\n<!-- expected -->\n```text\n1 /\n```\n",
     None),
    ("```sh\nfalse\ntrue\n```\n", "exit 1, not 0"),
    ("<!-- exit: 3 -->\n```sh\ntrue\n```\n", "exit 0, not 3"),
    ("```sh\necho a; echo b\n```\n<!-- expected -->\n```text\nb\na\n```\n", "not printed"),
    ("```sh\necho a; echo c; echo b\n```\n<!-- expected -->\n```text\na\nb\n```\n", "not printed"),
    ("```sh\necho ab\n```\n<!-- expected -->\n```text\na\n```\n", "not printed"),
    ("```sh\necho a\n```\n<!-- expcted -->\n```text\nb\n```\n", "no mark"),
    ("```sh\necho a\n```\n<!-- expected -->\n", "no block after"),
    ("```bash\nbankhook frobnicate\n```\n", "marked bash"),
    (f"{BRANCH}<!-- again -->\n```sh\n{RESTORE}\n```\n", "it changes the remote"),
    (f"{BRANCH}<!-- again -->\n```sh\n{RESTORE.replace('$seen', '${seen:?}')}\n```\n", None),
    ("<!-- background -->\n```sh\nbankhook listen --status 99\n```\n", "does not start"),
]


def verdict(text, folder, bankhook):
    """What is wrong with a page."""
    name = folder / "page.md"
    name.write_text(text, encoding="utf-8")
    try:
        pages.Run(name, folder, bankhook).all()
    except (pages.Problem, subprocess.TimeoutExpired) as problem:
        return str(problem)
    return None


def mistakes(bankhook):
    """Where the judge of pages is wrong itself."""
    for text, expected in CASES:
        with tempfile.TemporaryDirectory(prefix="bankhook-docs-") as folder:
            found = verdict(text, pathlib.Path(folder), bankhook)
        if (expected is None) != (found is None) or (expected or "") not in (found or ""):
            yield f"{__file__}: {found!r}, not {expected!r}, of\n{text}"
