"""A page of the documentation, and a run of all that it tells a reader to type."""

import os
import pathlib
import re
import subprocess
import time

TOKEN = re.compile(
    r"^<!-- (file|exit|not run|expected|background|stop|again)(?:: (.*?))? -->$"
    r"|^```(\w*)\n(.*?)^```$", re.S | re.M)
#: A comment before a block that is no mark, so that a misspelt one is not passed over.
STRAY = re.compile(r"^(<!-- .*? -->)\n```", re.M)
LANGUAGES = ("sh", "text", "json", "yaml", "python")
SERVER = re.compile(r"bankhook (emulate|listen)\b([^\n]*)")
PORT = re.compile(r" --port (\d+)")
DEFAULT_PORTS = {"emulate": "8585", "listen": "8080"}
WORKSPACE = "examples/workspace.sh"
SOURCED = re.compile(rf"^\. {re.escape(WORKSPACE)}$", re.M)
#: Prints the variables, wherever and however a block ends.
EPILOGUE = "trap 'status=$?; export -p > \"$VARIABLES\"; pwd > \"$PLACE\"; exit $status' EXIT\n"


class Problem(Exception):
    """What a page promises and bankhook does not keep."""


def tokens(text):
    """The blocks of a page with the marks before each; marks that stand alone have no block."""
    marks = {}
    for mark, value, language, body in TOKEN.findall(text):
        if mark == "stop":
            yield {mark: value}, None, None
        elif mark:
            marks[mark] = value
        else:
            yield marks, language, body
            marks = {}
    if marks:
        raise Problem(f"no block after {', '.join(marks)}")


def check(text):
    """Refuses what would be passed over in silence."""
    for comment in STRAY.findall(text):
        if not TOKEN.match(comment):
            raise Problem(f"{comment} is no mark that documents.py knows")
    for marks, language, body in tokens(text):
        if body is not None and language not in LANGUAGES:
            raise Problem(f"a block is marked {language or 'with nothing'}, not one of {LANGUAGES}")


class Run:
    """One page in a folder and with servers of its own."""

    def __init__(self, page, folder, bankhook):
        self.page, self.folder, self.functions = pathlib.Path(page), folder, ""
        self.servers, self.ports, self.own = {}, {}, None
        self.count, self.matched, self.left_out, self.output = 0, 0, 0, ""
        (folder / "bin").mkdir()
        (folder / "bin/bankhook").symlink_to(bankhook)
        (folder / "work/examples").mkdir(parents=True)
        self.variables, self.place = folder / "variables", folder / "place"
        self.variables.write_text("")
        self.place.write_text(str(folder / "work"))

    def environment(self):
        names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                 for what, value in (("NAME", "n"), ("EMAIL", "n@lender.example"))}
        path = f"{self.folder / 'bin'}:/usr/local/bin:/usr/bin:/bin"
        return {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8", "TZ": "UTC",
                "TMPDIR": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "VARIABLES": str(self.variables),
                "PLACE": str(self.place), **names}

    def work(self):
        return pathlib.Path(self.place.read_text().strip())

    def real(self, text):
        """The text with the ports of this run in place of those that the page writes."""
        text = re.sub(
            r"127\.0\.0\.1:(\d+)",
            lambda found: f"127.0.0.1:{self.ports.get(found.group(1), found.group(1))}", text)
        if "8585" in self.ports:
            emulator = f"--emulator http://127.0.0.1:{self.ports['8585']}"
            text = re.sub(r"^(bankhook trigger)", rf"\1 {emulator}", text, flags=re.M)
        return text

    def serve(self, body):
        """Starts the server of a block on a free port, the same one when it starts again."""
        command = SERVER.search(body)
        if command is None:
            raise Problem(f"no server in\n{body}")
        kind, options = command.groups()
        written = PORT.search(options)
        written = written.group(1) if written else DEFAULT_PORTS[kind]
        ready = self.folder / f"ready-{kind}-{written}"
        ready.unlink(missing_ok=True)
        port = self.ports.get(written, "0")
        line = f"exec bankhook {kind}{PORT.sub('', options)} --port {port} --ready-file {ready}"
        script = self.folder / f"server-{kind}"
        script.write_text(f". '{self.variables}'\n" + body[:command.start()] + line + "\n")
        output = open(self.folder / f"output-{kind}", "wb")
        process = subprocess.Popen(
            ["sh", "-e", str(script)], cwd=self.work(), env=self.environment(),
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        output.close()
        end = time.monotonic() + 60
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                raise Problem(f"does not start:\n{line}\n{self.server_output(kind)}")
            time.sleep(0.02)
        self.servers[kind if kind not in self.servers else f"{kind} {written}"] = process
        self.ports[written] = ready.read_text().strip().rsplit(":", 1)[1]

    def server_output(self, kind):
        return (self.folder / f"output-{kind}").read_text(errors="replace")

    def stop(self, kind):
        process = self.servers.pop(kind)
        process.terminate()
        status = process.wait(timeout=60)
        if status != 0:
            raise Problem(f"{kind} ended with {status}:\n{self.server_output(kind.split()[0])}")

    def run(self, body):
        """Runs a block, with the functions that the blocks before it took from the workspace."""
        workspace = self.folder / "work" / WORKSPACE
        workspace.write_text(self.real(pathlib.Path(WORKSPACE).read_text(encoding="utf-8")))
        script = self.folder / "block"
        script.write_text(f". '{self.variables}'\n{self.functions}{EPILOGUE}{self.real(body)}")
        if SOURCED.search(body):
            self.functions = f". '{workspace}'\n"
        return subprocess.run(
            ["sh", "-e", str(script)], cwd=self.work(), text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
            env=self.environment())

    def shell(self, body, status):
        done = self.run(body)
        self.output = done.stdout
        if done.returncode != status:
            raise Problem(f"exit {done.returncode}, not {status}, of\n{body}---\n{self.output}")

    def branches(self):
        """What the remote holds."""
        return subprocess.run(
            ["git", "ls-remote", "origin"], cwd=self.work(), env=self.environment(), text=True,
            stdout=subprocess.PIPE, check=True).stdout

    def again(self, body):
        """A block that somebody pastes twice, or into a clone where all is well, changes no branch."""
        held = self.branches()
        output = self.run(body).stdout
        if self.branches() != held:
            raise Problem(f"run again, it changes the remote:\n{body}---\n{output}\n{self.branches()}")

    def expect(self, shown, kind):
        """Whether the output holds the lines that the page shows; … stands for anything."""
        self.matched += 1
        pattern = ""
        for line in self.real(shown).splitlines(keepends=True):
            if line.strip() == "…":
                pattern += r"(?:[^\n]*\n)*?"
            else:
                parts = [re.escape(part) for part in line.rstrip("\n").rstrip().split("…")]
                pattern += r"[^\n]*".join(parts) + r"[ ]*\n"
        pattern, end = re.compile("^" + pattern, re.M), time.monotonic() + 20
        while True:
            output = self.server_output(kind) if kind else self.output
            if pattern.search(output if output.endswith("\n") else output + "\n"):
                return
            if not kind or time.monotonic() > end:
                raise Problem(f"shown, and not printed:\n{shown}---\n{output}")
            time.sleep(0.05)

    def step(self, marks, language, body):
        if "stop" in marks:
            self.stop(marks["stop"])
        elif "file" in marks:
            target = self.work() / marks["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.real(body))
        elif "expected" in marks:
            self.expect(body, marks["expected"])
        elif "background" in marks:
            self.count += 1
            self.serve(self.real(body))
        elif language == "sh" and "not run" in marks:
            self.left_out += 1
        elif language == "sh":
            self.count += 1
            self.shell(body, int(marks.get("exit", 0)))
            if "again" in marks:
                self.again(body)

    def all(self):
        """Runs the page; a Problem names what is wrong."""
        text = self.page.read_text(encoding="utf-8")
        check(text)
        steps = list(tokens(text))
        own = any("background" in marks and "bankhook emulate" in (body or "")
                  for marks, _, body in steps)
        try:
            if not own:
                self.serve("bankhook emulate --quiet --any-account")
                self.own = self.servers.pop("emulate")
            for step in steps:
                self.step(*step)
        finally:
            self.end()

    def end(self):
        problems = []
        if self.own:
            self.own.kill()  # At once: an answer that a page delays may still be due.
            self.own.wait(timeout=60)
            self.own = None
        for kind in list(self.servers):
            try:
                self.stop(kind)
            except (Problem, subprocess.TimeoutExpired) as problem:
                problems.append(str(problem))
        if problems:
            raise Problem("\n".join(problems))
