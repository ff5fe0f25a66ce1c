"""Kills a recover at every system call, and lets another one go on (specification, section 8).

    sh Tests/Faults/recover.sh [--long] [--only TRIAL]

Ten links of twenty payloads each, many of them alike, and random receipts beforehand. BankConnect's
list and the endpoint are a server of the script's own, which shares nothing with bankhook. Then:

A  every payload that was missing is delivered at least once, and nothing else is;
B  none is delivered twice unless its answer was lost: then it had no receipt when the run ended;
C  within a link the oldest goes first, one at a time, in the interrupted run and in the next;
D  what was said to be delivered has a receipt, and a receipt never comes before the answer.

And in one run that nothing happens to, at no moment more is claimed than was synced.

KILL and TERM come at calls that something outside can notice; FAIL makes a write or sync of the
receipts fail; LOSE lets the endpoint hang up after some requests instead of answering, with a kill
on top; AGAIN kills the runs that go on too. The short form tries an even sample, always the same;
the long form every point.
"""

import collections
import errno
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import urllib.parse

import runner
import tracer
from violation import Violation

LINKS, PAYLOADS = 10, 20
TOKEN = "tok-0123456789abcdef"
FIELDS = ("entity_id", "statement_id", "link_id", "progress", "reason")
NOTICEABLE = {
    "write", "writev", "pwrite64", "sendto", "sendmsg", "fsync", "ftruncate", "flock", "connect",
    "exit_group",
}  # fmt: skip
O_CREAT = 0o100
#: How many trials the short form takes of each kind, and with which action.
KINDS = {
    "KILL": (24, ("signal", signal.SIGKILL)),
    "TERM": (8, ("signal", signal.SIGTERM)),
    "FAIL": (6, ("fail", errno.ENOSPC)),
    "LOSE": (8, ("signal", signal.SIGKILL)),
    "AGAIN": (6, ("signal", signal.SIGKILL)),
}
#: How a run that it happened to may end.
ENDS = {
    "KILL": (-signal.SIGKILL, 0),
    "TERM": (-signal.SIGTERM, 128 + signal.SIGTERM, 0),
    "FAIL": (1, 3),
    "LOSE": (-signal.SIGKILL, 0, 3),
    "AGAIN": (-signal.SIGKILL, 0),
}
#: How many runs of one trial are killed, one after the other.
KILLS = 5


def is_noticeable(call):
    """A write of 8 bytes wakes a thread up (eventfd)."""
    if call.name == "openat":
        return bool(call.arguments[2] & O_CREAT)
    return call.name in NOTICEABLE and not (call.name == "write" and call.arguments[2] == 8)


def is_receipts(call):
    return call.name in ("write", "fsync") and call.path().endswith("receipts.ndjson")


class Durability:
    """Watches that no more is claimed on standard output than receipts were synced."""

    def __init__(self, total):
        self.total, self.written, self.syncing, self.synced, self.claims = total, 0, {}, 0, 0
        self.problem = None

    def entry(self, call):
        if call.name == "fsync" and is_receipts(call):
            self.syncing[call.thread] = self.written
        elif call.name == "write" and call.arguments[0] == 1:
            # A line each; the last one is the summary.
            self.claims += 1
            if min(self.claims, self.total) > self.synced:
                self.problem = self.problem or f"{self.claims} claims, {self.synced} synced"

    def exit(self, call, value):
        if call.name == "write" and is_receipts(call):
            self.written += 1
        elif call.thread in self.syncing and call.name == "fsync":
            done = self.syncing.pop(call.thread)
            if value == 0:
                self.synced = max(self.synced, done)


class World:
    """What BankConnect lists, what the endpoint has, and what it was sent since."""

    def __init__(self, seed, loses):
        chance = random.Random(seed)
        self.lock, self.chance, self.loses = threading.Lock(), chance, loses
        self.lists, self.receipts = {}, []
        for number in range(LINKS):
            link = f"link-{number}"
            entries = [self.entry(link, index) for index in range(PAYLOADS)]
            self.lists[link] = entries
            self.receipts += [one for one in entries if chance.random() < 0.3]
        chance.shuffle(self.receipts)
        self.missing = {link: self.difference(link) for link in self.lists}
        #: (link, body, was answered), in the order in which the endpoint read them.
        self.log, self.under_way, self.problems = [], collections.Counter(), []

    def entry(self, link, index):
        """Every third payload is like one before it."""
        statement = f"{link}-s{index - index % 3}" if index % 3 < 2 else f"{link}-s{index}"
        failed = index % 5 == 4
        return {
            "entity_id": f"entity-{link}",
            "statement_id": "" if failed and index % 2 else statement,
            "link_id": link,
            "progress": "failed" if failed else "completed",
            "reason": "No accounts found." if failed else None,
            "date_time": f"2026-11-23 10:{index:02}:00",
            "more": index,
        }

    def difference(self, link):
        """What is missing of a link, oldest first: of alike ones the newest."""
        have = collections.Counter(body(one) for one in self.receipts if one["link_id"] == link)
        found = []
        for entry in self.lists[link]:
            if have[body(entry)]:
                have[body(entry)] -= 1
            else:
                found.append(body(entry))
        return found

    def deliver(self, text):
        """Returns whether to answer."""
        try:
            data = json.loads(text)
            key, link = body(data), data["link_id"]
        except (ValueError, KeyError) as error:
            self.problems.append(f"a body that is no payload: {error}: {text!r}")
            return True
        with self.lock:
            if sorted(data) != sorted(FIELDS):
                self.problems.append(f"other fields than the five: {text!r}")
            self.under_way[link] += 1
            if self.under_way[link] > 1:
                self.problems.append(f"two at a time within {link}")
            answers = not (self.loses and self.chance.random() < 0.05)
            self.log.append((link, key, answers))
            return answers

    def ended(self, link):
        with self.lock:
            self.under_way[link] -= 1


def body(entry):
    return json.dumps([entry[field] for field in FIELDS])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_):
        pass

    def answer(self, status, data):
        text = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
        self.wfile.flush()

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        link = urllib.parse.parse_qs(parts.query).get("link_id", [""])[0]
        if self.headers.get("x-api-key") != "the-api-key":
            return self.answer(401, {"detail": "no"})
        self.answer(200, {"payloads": self.server.world.lists[link][::-1]})

    def do_POST(self):
        world = self.server.world
        length = int(self.headers["content-length"])
        text = self.rfile.read(length)
        if len(text) < length:
            self.close_connection = True  # killed in the middle: nothing arrived
            return
        mark = self.headers.get("x-bankhook-recovered")
        if mark != "1" or self.path != f"/hook/{TOKEN}":
            world.problems.append(f"an unmarked delivery, or another path: {self.path}")
        answers = world.deliver(text)
        link = json.loads(text).get("link_id")
        # Before the answer: with it the client may send the next one.
        world.ended(link)
        if answers:
            self.answer(200, {})
        else:
            self.close_connection = True


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.connections, self.changed = 0, threading.Condition()

    def process_request(self, *arguments):
        with self.changed:
            self.connections += 1
        super().process_request(*arguments)

    def process_request_thread(self, *arguments):
        try:
            super().process_request_thread(*arguments)
        finally:
            with self.changed:
                self.connections -= 1
                self.changed.notify_all()

    def settle(self):
        """Waits until every connection of a client that has ended is served to its end."""
        # One of our own: those before it in the backlog are accepted first.
        with socket.create_connection(self.server_address, timeout=60) as own:
            own.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while own.recv(4096):
                pass
        with self.changed:
            if not self.changed.wait_for(lambda: self.connections == 0, timeout=60):
                raise Violation("a connection outlives its client")

    def handle_error(self, *_):
        """A client that was killed hangs up."""


CONFIGURATION = """version: 1
environments:
  uat:
    base_url: http://127.0.0.1:{port}
    webhook_url: http://127.0.0.1:{port}/hook/{{token}}
    webhook_mode: 1
    webhook_secrets: {{ token: {{ env: TOKEN }} }}
    credentials: {{ api_key: {{ env: KEY }}, server_hash: {{ env: HASH }} }}
"""


class Trial:
    """A folder with receipts, and a world behind a server."""

    def __init__(self, bankhook, root, seed, loses=False):
        self.bankhook = str(bankhook)
        self.world = World(seed, loses)
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.world = self.world
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="recover-", dir=root))
        (self.folder / "bankhook.yaml").write_text(
            CONFIGURATION.format(port=self.server.server_port)
        )
        (self.folder / "links").write_text("".join(f"{link}\n" for link in self.world.lists))
        lines = [json.dumps({key: one[key] for key in FIELDS}) for one in self.world.receipts]
        (self.folder / "receipts.ndjson").write_text("".join(f"{line}\n" for line in lines))
        self.before = len(lines)
        self.command = [
            self.bankhook, "recover", "--environment", "uat", "--links", "links",
            "--receipts", "receipts.ndjson",
        ]  # fmt: skip
        self.variables = {
            "PATH": os.environ["PATH"], "KEY": "the-api-key", "HASH": "the-server-hash",
            "TOKEN": TOKEN,
        }  # fmt: skip

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def run(self, *more):
        done = subprocess.run(
            [*self.command, *more], cwd=self.folder, env=self.variables,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
        )  # fmt: skip
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def traced(self, points, on_exit=None):
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as error:
            try:
                status = tracer.Tracer(points, on_exit).run(
                    self.command, self.variables, self.folder, output.fileno(), error.fileno()
                )
            except tracer.Hung:
                raise Violation("bankhook does not end") from None
            output.seek(0), error.seek(0)
            return status, output.read().decode(), error.read().decode()

    def receipts(self):
        """The bodies that the file holds beyond those from before; a cut last line is none."""
        text = (self.folder / "receipts.ndjson").read_bytes()
        whole, _, cut = text.rpartition(b"\n")
        lines = [line for line in whole.split(b"\n") if line]
        if cut:
            # Without its newline only, it counts.
            try:
                json.loads(cut)
                lines.append(cut)
            except ValueError:
                pass
        found = []
        for line in lines[self.before :]:
            data = json.loads(line)
            if data["recovered"] is not True or "received_at" not in data:
                raise Violation(f"a receipt of another kind: {line}")
            found.append((data["link_id"], body(data)))
        return found

    # MARK: what must hold

    def judge(self, start, had, output):
        """One run's deliveries from an index of the log on, after receipts `had`. Returns those
        that were sent and have no receipt now."""
        self.server.settle()
        sent, has = self.world.log[start:], self.receipts()
        if has[: len(had)] != had:
            raise Violation("D: receipts changed or vanished")
        lost = set()
        for link, missing in self.world.missing.items():
            done = [key for one, key in had if one == link]
            recorded = [key for one, key in has if one == link]
            sequence = [key for one, key, _ in sent if one == link]
            answered = [key for one, key, answers in sent if one == link and answers]
            rest = missing[len(done) :]
            if sequence != rest[: len(sequence)]:
                raise Violation(f"C: {link} was sent {sequence} of {rest}")
            new = recorded[len(done) :]
            if new != answered[: len(new)]:
                raise Violation(f"D: {link} has receipts {new} of {answered}")
            if len(sequence) - len(new) > 1:
                raise Violation(f"C: {link} went on without a receipt: {sequence} after {new}")
            if len(sequence) > len(new):
                lost.add((link, sequence[-1]))
        claims = output.count("\ndelivered  ") + output.startswith("delivered  ")
        if claims > len(has) - len(had):
            raise Violation(f"D: {claims} claims, {len(has) - len(had)} receipts\n{output}")
        if self.world.problems:
            raise Violation("; ".join(self.world.problems[:3]))
        return lost

    def told(self, violation, kind, points, status, output, error):
        return (
            f"{violation}\n{kind} at {points.hit}\nstatus {status}\n{output}{error}\n"
            f"kept: {self.folder}"
        )

    def finish(self, allowed):
        """Runs on until nothing is missing, and judges the whole."""
        for _ in range(60):
            start, had = len(self.world.log), self.receipts()
            status, output, error = self.run()
            lost = self.judge(start, had, output)
            allowed.update(lost)
            if status == 0:
                break
            if status != 3 or not self.world.loses:
                raise Violation(f"status {status}\n{output}{error}")
        else:
            raise Violation("it never comes to an end")
        counts = collections.Counter((link, key) for link, key, _ in self.world.log)
        for link, missing in self.world.missing.items():
            wanted = collections.Counter(missing)
            for key in set(wanted) | {key for one, key in counts if one == link}:
                count, most = counts[link, key], wanted[key] + allowed[link, key]
                if count < wanted[key]:
                    raise Violation(f"A: {key} was sent {count} times, not {wanted[key]}")
                if count > most:
                    raise Violation(f"B: {key} was sent {count} times, and not at most {most}")
        status, output, error = self.run("--dry-run")
        if status != 0 or not output.endswith("200 received before\n"):
            raise Violation(f"a dry run would send more: status {status}\n{output}{error}")


def count(found, matters, seed, loses=False):
    """How many points a run has: the fewest of two runs, all of which come."""
    counts = []
    for _ in range(2):
        trial = Trial(found.bankhook, found.root, seed, loses)
        points = tracer.Points(matters)
        trial.traced(points)
        trial.close()
        counts.append(points.count)
    return (max if found.long or found.only else min)(counts)


def watch_syncs(found):
    trial = Trial(found.bankhook, found.root, 7)
    watch = Durability(sum(len(each) for each in trial.world.missing.values()))
    status, output, error = trial.traced(watch.entry, watch.exit)
    trial.close()
    if status != 0 or watch.claims != watch.total + 1:
        raise Violation(f"status {status}, {watch.claims} lines\n{output}{error}")
    if watch.problem:
        raise Violation(f"D: {watch.problem}")


def attempt(found, kind, seed, point):
    trial = Trial(found.bankhook, found.root, seed, loses=kind == "LOSE")
    action = KINDS[kind][1]
    if kind == "FAIL" and point % 2:
        action = ("fail", errno.EIO)
    matters = is_receipts if kind == "FAIL" else is_noticeable
    allowed, hit = collections.Counter(), None
    for _ in range(KILLS if kind == "AGAIN" else 1):
        points = tracer.Points(matters, point, action)
        start, had = len(trial.world.log), trial.receipts()
        status, output, error = trial.traced(points)
        hit = hit or points.hit
        try:
            allowed.update(trial.judge(start, had, output))
            if points.hit and status not in ENDS[kind]:
                raise Violation(f"status {status}")
        except Violation as violation:
            raise Violation(trial.told(violation, kind, points, status, output, error)) from None
    sent = len(trial.world.log)
    lost = sum(allowed.values())
    try:
        trial.finish(allowed)
    except Violation as violation:
        raise Violation(trial.told(violation, kind, points, status, output, error)) from None
    trial.close()
    shutil.rmtree(trial.folder)
    if hit is None:
        return f"{kind}: ended before"
    if not sent:
        return f"{kind}: nothing yet"
    return f"{kind}: answers lost" if lost else f"{kind}: all recorded"


_found = None


def work(jobs):
    kinds = collections.Counter()
    for kind, seed, point in jobs:
        try:
            kinds[attempt(_found, kind, seed, point)] += 1
        except (Violation, subprocess.TimeoutExpired, ValueError, KeyError) as error:
            return (f"{kind}:{seed}:{point}", str(error)), kinds
    return None, kinds


def main():
    global _found
    _found = found = runner.options(__doc__.splitlines()[0])
    watch_syncs(found)
    jobs, total, shown = [], 0, []
    for kind, (share, _) in KINDS.items():
        seed = 1 + list(KINDS).index(kind)
        matters = is_receipts if kind == "FAIL" else is_noticeable
        points = range(1, count(found, matters, seed, kind == "LOSE") + 1)
        shown.append(f"{len(points)} {kind}")
        total += len(points)
        if not (found.long or found.only):
            points = runner.every(share, points)
        jobs += [(kind, seed, point) for point in points]
    if found.only:
        jobs = [job for job in jobs if ":".join(map(str, job)) == found.only]
        if not jobs:
            sys.exit(f"recover: there is no trial {found.only}")
    print(f"recover: points {', '.join(shown)}; {len(jobs)} trials", flush=True)
    # Many slices: what was done is shown by the slice.
    slices = max(found.workers, len(jobs) // 50)
    parts = [part for part in (jobs[index::slices] for index in range(slices)) if part]
    runner.gather("recover", found, work, parts, f"{len(jobs)} of {total}")


runner.guarded("recover", main)
