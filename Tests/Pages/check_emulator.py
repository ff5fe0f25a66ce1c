"""Opens the emulator's status page in a browser that runs without a window.

It must load without a word on the console, call nobody but the emulator, fit narrow and wide screens,
take nothing that a caller sent for markup, and bring itself up to date. And no page of another origin
may drive the emulator or read what it knows.
"""

import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

from check_page import HOSTILE, Browser, Document

UPDATE = "/bank-connect/v1/entity/update_webhook/"
ELEMENTS = set(
    "html head meta title link noscript style script body header h1 h2 p main section table thead "
    "tbody tr th td span b bdi small time details summary pre".split())


class Emulator:
    """The built binary, and calls to it without a browser."""

    def __init__(self, binary, folder):
        ready = folder / "ready"
        self.process = subprocess.Popen(
            [binary, "emulate", "--port", "0", "--any-account", "--ready-file", str(ready)],
            stderr=subprocess.PIPE, text=True)
        self.url = self.process.stderr.readline().split(" ")[0]
        # Its log has to be read, or it would wait for a reader.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def call(self, path, data=None, method=None, **headers):
        """The text of an answer, whatever its status."""
        fields = {"content-type": "application/json", "x-api-key": "canary-key",
                  "server-hash": "canary-hash", **headers}
        body = data if data is None or isinstance(data, bytes) else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, fields, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def knowledge(self):
        """All that the emulator tells of itself."""
        return [json.loads(self.call("/_emulator/" + page))
                for page in ("registrations", "requests", "deliveries", "faults")]


def serve(answer):
    """A server on a free port that answers each GET with what a function returns for its path."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body, headers = answer(self.path)
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def fill(emulator):
    """Calls and webhooks with all that a caller could send."""
    account = json.loads(emulator.call("/_emulator/registrations"))
    for words in HOSTILE:
        emulator.call(UPDATE, words.encode())
        emulator.call(UPDATE, {"webhook_url": "http://127.0.0.1:9/hook", "webhook_mode": 1,
                               words: words})
        account = account or json.loads(emulator.call("/_emulator/registrations"))
        for mode in ("manual", "net_banking"):
            emulator.call("/_emulator/events", {
                "account": account[0]["account"], "progress": "failed", "mode": mode,
                "link_id": words, "entity_id": words, "reason": words})
    emulator.call("/_emulator/faults", [
        {"path": "/" + words, "times": 1, "body": words} for words in HOSTILE], "PUT")


def problems_of_page(emulator, browser):
    """Everything that is wrong with the page itself."""
    problems = []
    for width in (375, 1280):
        dom, console, calls = browser.visit(emulator.url + "/_emulator/", width)
        document = Document(dom)
        problems += [f"the console says: {line}" for line in console]
        problems += [f"it called somebody: {call[:80]!r}" for call in calls]
        strange = sorted(set(document.elements) - ELEMENTS)
        if strange or document.elements.count("script") != 1:
            problems.append(f"it has elements that bankhook never writes: {strange}")
        for tag, name, value in document.attributes:
            if name.startswith("on") or name in ("style", "src", "srcset"):
                problems.append(f"<{tag}> has {name}={value!r}")
        if 'id="live" role="status" class="on"' not in dom:
            problems.append("it does not say that it is live")
        if any(each in document.text for each in "\u202e\u2066\u200b\x1b"):
            problems.append("characters that mislead a reader come through")
        if "canary" in dom:
            problems.append("a key is on the page")
        if HOSTILE[0].replace('"', '\\"') not in document.text:
            problems.append("what a caller sent is not shown as it was written")
    return problems


def problems_of_width(emulator, browser):
    """Whether the page is wider than its window. Only a script can tell: a copy has one."""
    probe = "<script>document.title=innerWidth+' '+document.documentElement.scrollWidth</script>"
    text = re.sub(r"<script>.*</script>", probe, emulator.call("/_emulator/"), flags=re.DOTALL)
    text = text.replace("<details ", "<details open ")
    problems = []
    for width in (375, 800, 1280):
        title = re.search(r"<title>(\d+) (\d+)</title>", browser.open(text, width)[0])
        if title is None or int(title[1]) != width:
            problems.append(f"its width at {width} px cannot be told")
        elif int(title[2]) > width:
            problems.append(f"it is {title[2]} px wide at {width} px")
    return problems


def problems_of_update(emulator, browser):
    """Whether a page that shows an older state takes over the newer one by itself."""
    old = emulator.call("/_emulator/")
    policy = {"content-type": "text/html; charset=utf-8"}
    served = []

    def answer(path):
        served.append(path)
        return (old if len(served) == 1 else emulator.call("/_emulator/")), policy

    emulator.call(UPDATE, {"webhook_url": "http://127.0.0.1:9/the-newer-one"})
    port = serve(answer)
    dom, _, _ = browser.visit(f"http://127.0.0.1:{port}/_emulator/")
    return [] if "/the-newer-one" in dom and "the-newer-one" not in old else [
        "it does not bring itself up to date"]


ATTACK = """<!doctype html><title>waiting</title><script>
const emulator="%s",json="application/json";
const event='{"account":"demo","progress":"completed","mode":"net_banking"}';
const fault='[{"path":"/","times":1,"status":500}]';
const calls=[
["events",{method:"POST",body:event,mode:"no-cors"}],
["events",{method:"POST",body:event,headers:{"content-type":json}}],
["faults",{method:"PUT",body:fault,headers:{"content-type":json}}],
["faults",{method:"PUT",body:fault}],
["requests",{}],["registrations",{}],["",{}],["requests",{mode:"no-cors"}]];
let read=0;
(async()=>{for(const [page,how] of calls)
try{const text=await(await fetch(emulator+"/_emulator/"+page,how)).text();if(text)read++}catch{}
document.title="read "+read})()</script>"""


def problems_of_origin(emulator, browser):
    """Whether a page of another port, or another site, gets through."""
    problems = []
    port = serve(lambda _: (ATTACK % emulator.url, {"content-type": "text/html"}))
    for host in ("127.0.0.1", "localhost"):
        before = emulator.knowledge()
        dom, _, _ = browser.visit(f"http://{host}:{port}/")
        if "<title>read 0</title>" not in dom:
            problems.append(f"a page of {host} read: {re.search('<title>.*</title>', dom)}")
        if emulator.knowledge() != before:
            problems.append(f"a page of {host} changed something")
    return problems


def main():
    binary, page = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        emulator, browser = Emulator(binary, folder), Browser(folder)
        try:
            fill(emulator)
            problems = problems_of_page(emulator, browser)
            problems += problems_of_width(emulator, browser)
            problems += problems_of_update(emulator, browser)
            problems += problems_of_origin(emulator, browser)
            pathlib.Path(page).write_text(emulator.call("/_emulator/"), encoding="utf-8")
        finally:
            emulator.process.terminate()
            emulator.process.wait(30)
    for problem in problems:
        print(problem)
    print(f"the emulator's page: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
