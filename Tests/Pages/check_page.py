"""Opens the page of `bankhook state history --format html` in a browser that runs without a window.

It must load without a word on the console, call nobody, show a lane for each environment and a row
for each event, fit a narrow screen, and take nothing that somebody wrote into a commit for markup.
Each of these checks is tried first on a page that breaks it.
"""

import html.parser
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading

HOSTILE = [
    "</bdi></title><script>document.title='owned'</script>",
    "\"'><img src=https://evil.example/x onerror=alert(1)>",
    "]]></style><svg onload=alert(1)>", "<!-- --!><a href=javascript:alert(1)>x</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "\u202Eelpoep \u2066hidden\u2069 \u200B", "\x1b[31mred ##[error]x ##vso[task.setvariable]y",
    "&lt;b&gt; &amp; &#0; {{7*7}} <b onmouseover=x>",
]
ELEMENTS = set(
    "html head meta title style body svg defs pattern g path circle rect use desc line text a "
    "header h1 h2 p time main section ul ol li div span b strong bdi table caption thead tbody tr "
    "th td dl dt dd del ins br code details summary footer".split())


class Listener:
    """Counts who connects: every name on the net leads here."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.calls = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.socket.accept()
            with connection:
                self.calls.append(connection.recv(200))


class Document(html.parser.HTMLParser):
    """What a browser made of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.words, self.lanes, self.rows = [], [], [], 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        given = dict(attributes)
        self.lanes += tag == "svg" and given.get("class") == "lane"
        self.rows += tag == "tr" and "id" in given

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


class Browser:
    """Chromium without what calls home, and with every name on the net led to a listener."""

    def __init__(self, folder):
        self.folder = folder
        self.listener = Listener()

    def open(self, text, width=1280):
        """A page as it stands after loading, what the console says, and who was called."""
        page = self.folder / "page.html"
        page.write_text(text, encoding="utf-8")
        return self.visit(page.as_uri(), width)

    def visit(self, url, width=1280):
        """The same for a page that a server on this machine has, after two seconds of its time."""
        self.listener.calls.clear()
        run = subprocess.run(
            ["chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--enable-logging=stderr", f"--window-size={width},2000",
             "--virtual-time-budget=2000",
             f"--host-resolver-rules=MAP * 127.0.0.1:{self.listener.port}, EXCLUDE 127.0.0.1, "
             "EXCLUDE localhost",
             f"--user-data-dir={self.folder / 'profile'}", "--dump-dom", url],
            capture_output=True, text=True, timeout=120, check=True)
        console = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
        return run.stdout, console, list(self.listener.calls)


def problems_of(text, browser, environments, events):
    """Everything that is wrong with a page."""
    dom, console, calls = browser.open(text)
    document = Document(dom)
    problems = [f"the console says: {line}" for line in console]
    problems += [f"it called somebody: {call[:80]!r}" for call in calls]
    strange = sorted(set(document.elements) - ELEMENTS)
    if strange:
        problems.append(f"it has elements that bankhook never writes: {strange}")
    for tag, name, value in document.attributes:
        if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href"):
            problems.append(f"<{tag}> has {name}={value!r}")
        if name == "href" and not value.startswith("#"):
            problems.append(f"<{tag}> leads to {value!r}")
    if document.lanes != environments:
        problems.append(f"{document.lanes} lanes for {environments} environments")
    if document.rows != events:
        problems.append(f"{document.rows} rows for {events} events")
    for width in (375, 1280):
        problems += overflow(text, browser, width)
    return problems


def overflow(text, browser, width):
    """Whether a page is wider than its window. Only a script can tell: a copy allows one."""
    probe = "<script>document.title=innerWidth+' '+document.documentElement.scrollWidth</script>"
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    dom, _, _ = browser.open(copy.replace("</body>", probe + "</body>"), width)
    title = re.search(r"<title>(\d+) (\d+)</title>", dom)
    if title is None or int(title[1]) != width:
        return [f"its width at {width} px cannot be told: {title and title[0]}"]
    return [f"it is {title[2]} px wide at {width} px"] if int(title[2]) > width else []


def prove(text, browser, environments, events):
    """The checks must find what is broken on purpose."""
    image = '<img src="https://evil.example/x">'
    policy = r'<meta http-equiv="Content-Security-Policy"[^>]*>'
    broken = {
        "the console says": text.replace("<main>", "<main><script>1</script>"),
        "it called somebody": re.sub(policy, "", text).replace("<main>", f"<main>{image}"),
        "elements that bankhook never writes": text.replace("<main>", "<main><marquee>x"),
        "has onclick": text.replace("<main>", '<main onclick="x">'),
        "leads to": text.replace("<main>", '<main><a href="javascript:1">x</a>'),
        "lanes for": text.replace('class="lane"', 'class="lost"', 1),
        "rows for": text.replace('id="e0"', "", 1),
        "px wide at": text.replace("<main>", "<main><table><td>" + "x" * 300 + "</table>"),
    }
    return [f"a page that breaks it passes: {message}" for message, page in broken.items()
            if not any(message in each for each in problems_of(page, browser, environments, events))]


def git(folder, *words, **variables):
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, timeout=60,
                   env={**os.environ, "GIT_CONFIG_NOSYSTEM": "1", **variables})


def commit_hostile(folder):
    """Takes a record away and brings it back, in commits that say anything."""
    record = folder / "bankhook.state" / "uat.json"
    text = record.read_bytes()
    for number, words in enumerate(HOSTILE):
        record.write_bytes(text) if number % 2 else record.unlink()
        git(folder, "add", "--all", "bankhook.state")
        name = re.sub("[<>\n]", "", words) if number % 3 else "Mallory"
        git(folder, "commit", "--quiet", "--message", f"{words}\n\nRun: {words}",
            GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL="m@evil.example",
            GIT_COMMITTER_NAME=name, GIT_COMMITTER_EMAIL="m@evil.example")


def history(binary, folder, form):
    return subprocess.run(
        [binary, "state", "history", "--format", form], cwd=folder, check=True, timeout=120,
        capture_output=True, text=True, env={"PATH": os.environ.get("PATH", "")}).stdout


def look(binary, folder, browser):
    """A page of the history as it stands, and what is wrong with it."""
    events = json.loads(history(binary, folder, "json"))["history"]
    names = {each[key] for each in events for key in ("environment", "former_environment")}
    text = history(binary, folder, "html")
    counts = (len(names - {None}), len(events))
    return text, counts, problems_of(text, browser, *counts)


def main():
    binary, folder, page = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as temporary:
        browser = Browser(pathlib.Path(temporary))
        text, counts, problems = look(binary, folder, browser)
        pathlib.Path(page).write_text(text, encoding="utf-8")
        problems += prove(text, browser, *counts)
        commit_hostile(folder)
        hostile, more, found = look(binary, folder, browser)
        problems += [f"with hostile commits: {each}" for each in found]
        shown = Document(browser.open(hostile)[0]).text
        for words in (HOSTILE[0], HOSTILE[1], HOSTILE[7]):
            if words not in shown:
                problems.append(f"the subject {words!r} is not shown as it was written")
        if any(each in shown for each in "\u202e\u2066\u200b\x1b") or "##[error" in shown:
            problems.append("characters that mislead a reader come through")
    for problem in problems:
        print(problem)
    print(f"{counts[1] + more[1]} events on two pages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
