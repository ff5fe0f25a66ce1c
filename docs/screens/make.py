"""Makes the pictures of the README from real runs: make.sh starts it.

Each run is the built binary in a terminal of 92 columns (122 for long lines of ids), against the
emulator and a git repository in a scratch folder, on a clock that stands still between steps. What no
run can fix (ports, ids, commits) is replaced by fixed values of the same kind, so that a picture changes
only where bankhook's output does.
"""

import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from hashlib import sha1, sha256

from picture import draw
from terminal import Screen, Session, run

COLUMNS = 92
NOON = 1795780800  # 2026-11-27 12:00:00 UTC
HOUR, DAY = 3600, 86400
EMULATOR, RECEIVER = 8585, 9000
PAGE = "/_emulator/"

MISTAKES = """\
version: 1

defaults:
  credentials:
    api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
    server_hash: { env: "BANKCONNECT_{ENVIRONMENT}_SERVER_HASH" }

environments:
  uat:
    webhook_url: https://uat.lender.example/bankconnect
    webhook_mode: manual

  production:
    webook_url: https://hooks.lender.example/bankconnect/{token}
    webhook_mode: net_banking
    credentials:
      api_key: 9f2b1c7e5d60
"""

HEAD = """\
version: 1

defaults:
  base_url: %s
  webhook_mode: net_banking
  credentials:
    api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
    server_hash: { env: "BANKCONNECT_{ENVIRONMENT}_SERVER_HASH" }

environments:
"""
TOKEN = """\
    webhook_secrets:
      token: { env: BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN }
"""


class Normal:
    """Replaces what differs from run to run by fixed values, each thing always by the same."""

    UNSTABLE = re.compile(
        r"\b[0-9a-f]{40}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
    CUT = re.compile(r"\b([0-9a-f]{8}-[0-9a-f-]{1,27})(?=…)|\b([0-9a-f]{7,12})\b")

    def __init__(self):
        self.ports, self.ids = {}, {}

    def text(self, text):
        for port, fixed in self.ports.items():
            text = text.replace(f"127.0.0.1:{port}", f"127.0.0.1:{fixed}")
        text = self.UNSTABLE.sub(lambda match: self.fixed(match.group()), text)
        return self.CUT.sub(lambda match: self.cut(match.group()), text)

    def cut(self, found):
        whole = next((known for known in self.ids if known.startswith(found)), found)
        return self.ids.get(whole, found)[:len(found)]

    def fixed(self, found):
        if found not in self.ids:
            number = sum(len(known) == len(found) for known in self.ids)
            digest = sha1(f"{len(found)}/{number}".encode()).hexdigest()
            self.ids[found] = digest if len(found) == 40 else "-".join(
                [digest[:8], digest[8:12], "4" + digest[13:16], "a" + digest[17:20], digest[20:32]])
        return self.ids[found]


class Stage:
    """The scratch folder with a clock, an emulator and a repository in it."""

    def __init__(self, bankhook, folder, target):
        self.bankhook, self.folder, self.target = bankhook, folder, target
        self.normal, self.servers, self.changed = Normal(), [], []
        self.repository = folder / "lender"
        self.repository.mkdir()
        self.variables = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "LD_PRELOAD": os.environ["CLOCK"],
            "CLOCK_FILE": str(folder / "clock"), "GIT_CONFIG_NOSYSTEM": "1",
            "BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN": "4f1c2a9b7d3e8056a1b2"}
        for name in ("UAT", "PRODUCTION", "PARTNER_B", "LOCAL"):
            self.variables[f"BANKCONNECT_{name}_API_KEY"] = f"key-of-{name}-0123456789"
            self.variables[f"BANKCONNECT_{name}_SERVER_HASH"] = f"hash-of-{name}-0123456789"
        self.at(NOON)

    # MARK: Time and files

    def at(self, moment):
        self.moment = moment
        fresh = self.folder / "clock.new"
        fresh.write_text(str(moment))
        fresh.rename(self.folder / "clock")

    def configure(self, *environments):
        text = HEAD % self.base_url
        for name, url, mode in environments:
            text += f"  {name}:\n    webhook_url: {url}\n    webhook_mode: {mode}\n"
            text += TOKEN if "{token}" in url else ""
        (self.repository / "bankhook.yaml").write_text(text)

    def git(self, *arguments, **variables):
        subprocess.run(
            ["git", *arguments], cwd=self.repository, check=True, capture_output=True,
            env={**self.variables, "LD_PRELOAD": "", **variables})

    def commit(self, author, message):
        date = f"@{self.moment + 60} +0000"
        mail = author.lower().replace(" ", ".") + "@lender.example"
        self.git("add", ".")
        self.git(
            "-c", f"user.name={author}", "-c", f"user.email={mail}", "commit", "-m", message,
            GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)

    # MARK: Runs

    def serve(self, *arguments):
        """Starts a server in a terminal and returns it with its URL."""
        ready = self.folder / f"ready-{len(self.servers)}"
        session = Session(
            [self.bankhook, *arguments, "--port", "0", "--ready-file", str(ready)], self.repository,
            self.variables, COLUMNS)
        self.servers.append(session)
        end = time.monotonic() + 60
        while not ready.exists():
            if session.process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{arguments} does not start")
            time.sleep(0.02)
        return session, ready.read_text().strip()

    def run(self, *arguments, folder=None, status=0):
        """What a program or a log gets: standard output and standard error."""
        done = subprocess.run(
            [self.bankhook, *arguments], cwd=folder or self.repository, env=self.variables,
            capture_output=True, text=True)
        if done.returncode != status:
            raise SystemExit(f"{arguments} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout, done.stderr

    def show(self, command, folder=None, status=0, replies=()):
        """What a person sees who types a command."""
        text, ended = run(
            [self.bankhook, *command.split()[1:]], folder or self.repository, self.variables,
            COLUMNS, replies)
        if ended != status:
            raise SystemExit(f"{command} ended with {ended}:\n{text}")
        return self.prompt(command) + text

    @staticmethod
    def prompt(command):
        return f"\x1b[36m$\x1b[0m \x1b[1m{command}\x1b[0m\r\n"

    # MARK: Pictures

    def picture(self, name, text, title, columns=COLUMNS):
        screen = Screen(self.normal.text(text), columns)
        self.write(f"{name}.svg", draw(screen, title).encode())

    def write(self, name, data):
        path = self.target / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            self.changed.append(name)

    def end(self):
        for session in self.servers:
            if session.process.poll() is None:
                session.interrupt()
                session.process.wait(30)


UAT = "https://uat.lender.example/bankconnect"
PRODUCTION = "https://hooks.lender.example/bankconnect/{token}"
EU = "https://hooks-eu.lender.example/bankconnect/{token}"
PARTNER = "https://webhooks.partner-b.example/finbox"


def history(stage):
    """Five weeks of a lender's registrations."""
    stage.git("init", "--quiet", "--initial-branch=main", ".")
    stage.at(NOON - 36 * DAY - 2 * HOUR)
    stage.configure(("uat", UAT, 0))
    stage.run("apply", "--auto-approve", "--parallelism", "1")
    stage.commit("Asha Rao", "Register the UAT webhook")
    stage.at(NOON - 29 * DAY)
    stage.configure(("uat", UAT, 1), ("production", PRODUCTION, 1))
    stage.run("apply", "--auto-approve", "--parallelism", "1")
    stage.commit("Asha Rao", "Go live: production, and manual uploads")
    stage.at(NOON - 12 * DAY + 3 * HOUR)
    stage.run("apply", "--auto-approve", "--parallelism", "1", "--target", "production", "--reassert")
    stage.commit("release-bot", "Send production again after the vendor's maintenance")
    stage.at(NOON)


def after_plan(text):
    """What an apply shows from the plan's last lines on; the plan has a picture of its own."""
    return "…\r\n" + text[text.rindex("\n", 0, text.index("Plan: ")) + 1:]


def call(stage, method, path, body=None):
    """What the emulator answers to a call of its own pages."""
    connection = http.client.HTTPConnection(stage.base_url.removeprefix("http://"))
    fields = {"content-type": "application/json"} if body else {}
    connection.request(method, path, body, fields)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def refuse_next(stage):
    """BankConnect does not take the next registration."""
    answer, _ = call(stage, "PUT", PAGE + "faults", json.dumps([{
        "path": "/bank-connect/v1/entity/update_webhook/", "times": 1, "status": 403}]))
    if answer.status >= 300:
        raise SystemExit("the emulator takes no fault")


def accounts(stage):
    """Whoever has a registration."""
    return {known["account"] for known in json.loads(call(stage, "GET", PAGE + "registrations")[1])}


def post(url, body, content_type):
    """A payload that nobody but this script sends."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    connection.request("POST", "/bankconnect", body, {"content-type": content_type})
    connection.getresponse().read()


def receive(stage):
    """`listen`, a webhook that arrives there, and a payload that is none."""
    local = stage.folder / "local"
    local.mkdir()
    session, endpoint = stage.serve("listen", "--receipts", str(local / "receipts.ndjson"))
    stage.normal.ports[endpoint.rsplit(":", 1)[1]] = RECEIVER
    (local / "bankhook.yaml").write_text(
        HEAD % stage.base_url + f"  local:\n    webhook_url: {endpoint}/bankconnect\n")
    before = accounts(stage)
    stage.run("apply", "--auto-approve", "--parallelism", "1", folder=local)
    [account] = accounts(stage) - before
    stage.at(NOON + HOUR + 62)
    trigger = ["trigger", "--emulator", stage.base_url, "--account", account,
               "--mode", "net-banking", "--entity-id", "entity-1042"]
    stage.run(*trigger, "completed", "--link-id", "loan-42")
    session.read(until="link_id=loan-42")
    stage.at(NOON + HOUR + 95)
    stage.run(*trigger, "failed", "--link-id", "loan-43", "--reason", "Wrong net-banking password")
    session.read(until="Wrong net-banking password")
    stage.at(NOON + HOUR + 171)
    wrong = {"entity_id": 1042, "statement_id": None, "progress": "done", "note": "x"}
    post(endpoint, json.dumps(wrong), "text/plain")
    session.read(until="not application/json")
    time.sleep(0.3)  # the lines of one payload come in one piece, or nearly
    session.interrupt()
    session.end()
    return stage.prompt("bankhook listen --port 9000 --receipts receipts.ndjson") + session.text


def emulator_page(stage):
    """The emulator's page with fixed values in the place of what differs from run to run."""
    answer, text = call(stage, "GET", PAGE)
    return stage.normal.text(text).encode(), answer.getheader("content-security-policy")


def history_page(stage):
    """The page that tells the history, in the same way."""
    text, _ = stage.run("state", "history", "--format", "html")
    return stage.normal.text(text).encode(), "default-src 'none'; style-src 'unsafe-inline'"


def mark(picture):
    """The mark that a PNG has of the page that it shows, or nothing."""
    data = picture.read_bytes() if picture.exists() else b""
    found = re.search(rb"tEXtpage\0([0-9a-f]{64})", data)
    return found.group(1).decode() if found else None


def photograph(stage, name, page, height):
    """A picture of a page; another browser's fonts are no reason for another picture."""
    digest = sha256(page(stage)[0]).hexdigest()
    path = stage.target / f"{name}.png"
    if mark(path) == digest:
        return

    class Mirror(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            text, policy = page(stage)
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shot = stage.folder / "page.png"
    subprocess.run(
        ["chromium-headless-shell", "--headless", "--no-sandbox", "--disable-gpu",
         "--hide-scrollbars", f"--window-size=1180,{height}", "--virtual-time-budget=2500",
         f"--user-data-dir={stage.folder / 'profile'}", f"--screenshot={shot}",
         f"http://127.0.0.1:{server.server_port}{PAGE}"],
        capture_output=True, check=True, timeout=120)
    server.shutdown()
    data = shot.read_bytes()
    text = b"tEXtpage\0" + digest.encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    # After the signature and the header, which has 25 bytes.
    stage.write(path.name, data[:33] + chunk + data[33:])


def main(bankhook, target):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="screens-"))
    stage = Stage(bankhook, folder, target)
    try:
        emulator, stage.base_url = stage.serve("emulate", "--quiet", "--any-account")
        stage.normal.ports[stage.base_url.rsplit(":", 1)[1]] = EMULATOR
        mistakes = folder / "mistakes"
        mistakes.mkdir()
        (mistakes / "bankhook.yaml").write_text(MISTAKES)
        stage.picture(
            "validate", stage.show("bankhook validate", mistakes, status=1),
            "bankhook validate names three mistakes, each with its place in the file")
        history(stage)
        stage.configure(
            ("uat", UAT, 0), ("production", EU, 1), ("partner-b", PARTNER, 1))
        stage.picture(
            "plan", stage.show("bankhook plan"),
            "bankhook plan shows one registration and two updates")
        refuse_next(stage)
        text = stage.show(
            "bankhook apply --allow mode-downgrade --parallelism 1", status=3,
            replies=[("accepted:", "yes")])
        stage.picture(
            "apply", stage.prompt("bankhook apply --allow mode-downgrade") + after_plan(text),
            "bankhook apply asks, sends, and tells that two were applied and one failed")
        stage.commit("Mei Lin", "Onboard partner B, and receive in the EU")
        stage.at(NOON + HOUR)
        stage.picture(
            "history", stage.show("bankhook state history production"),
            "bankhook state history tells who changed production in which commit")
        stage.picture(
            "listen", receive(stage),
            "bankhook listen shows two payloads and names what is wrong with a third",
            columns=122)
        photograph(stage, "timeline", history_page, 700)
        photograph(stage, "emulator", emulator_page, 770)
    finally:
        stage.end()
        shutil.rmtree(folder)
    print("unchanged" if not stage.changed else "changed: " + " ".join(stage.changed))


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
