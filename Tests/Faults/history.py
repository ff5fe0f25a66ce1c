"""Reads strace's record of an apply: what it did to the state directory, when requests left, and
when it claimed success.
"""

import dataclasses
import re
import subprocess

import disk

CALLS = (
    "openat,mkdir,mkdirat,pwrite64,write,writev,sendto,sendmsg,ftruncate,fsync,fdatasync,syncfs,"
    "rename,renameat,renameat2,unlink,unlinkat"
)
LINE = re.compile(r"^(\d+) +(?:<\.\.\. (\w+) resumed>(.*)|(\w+)\((.*))$")
ENDED = re.compile(r"\)\s+= (-?\d+|\?)")
HEX = re.compile(r"\\x([0-9a-f]{2})")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
DESCRIPTOR = re.compile(r"^(-?\d+|AT_FDCWD)(?:<([^>]*)>)?")


#: Why strace may print addresses instead of texts, and what helps.
UNREAD = "the memory of a program that forbids core files is read by root only: run this as root"


class Unreadable(Exception):
    """strace did not tell what is needed."""


@dataclasses.dataclass
class Traced:
    """A call: its name, the text of its arguments, its result, and where it began and ended."""

    name: str
    text: str
    result: str
    began: int
    ended: int

    @property
    def strings(self):
        found = STRING.findall(self.text)
        if any(cut for _, cut in found):
            raise Unreadable(f"strace cut a string of {self.name}")
        return [plain(text) for text, _ in found]

    @property
    def path(self):
        """What the first argument, a descriptor, is open for."""
        match = DESCRIPTOR.match(self.text)
        return plain(match[2] or "").decode(errors="replace") if match else ""


def plain(text):
    return bytes.fromhex("".join(HEX.findall(text))) if "\\x" in text else text.encode()


def command(file, calls=CALLS):
    """strace's words before the command that it follows."""
    follow = ["strace", "-f", "-y", "-v", "-xx", "-s", "1000000", "-o", str(file)]
    return [*follow, "-e", "trace=" + calls]


def read(file):
    """All calls in the order in which they began."""
    running, found = {}, []
    for place, line in enumerate(open(file, errors="replace")):
        match = LINE.match(line.rstrip("\n"))
        if not match:
            continue
        thread, resumed, rest, name, text = match.groups()
        if resumed:
            call = running.pop(thread, None)
            if call is None:
                continue
            call.text += rest
        else:
            call = Traced(name, text, "?", place, 1 << 60)
            found.append(call)
            if text.endswith("<unfinished ...>"):
                call.text = text.removesuffix("<unfinished ...>")
                running[thread] = call
                continue
        call.ended = place
        ends = ENDED.findall(call.text)
        call.result = ends[-1] if ends else "?"
    return found


class History:
    """What a trace says of one state directory."""

    def __init__(self, calls, state, parent):
        self.state, self.parent = str(state), str(parent)
        self.changes, self.syncs, self.sends, self.claims = [], [], [], []
        self.descriptors = 0
        for call in calls:
            self.take(call)
        if not self.syncs or not self.changes:
            raise Unreadable(f"strace shows no change of the state directory; {UNREAD}")

    def name(self, path):
        """A path's name in the state directory; None elsewhere."""
        path = path.removesuffix("/")
        if path == self.state:
            return "."
        if path == self.parent:
            return ".."
        folder, _, name = path.rpartition("/")
        return name if folder == self.state else None

    def take(self, call):
        if call.name in ("fsync", "fdatasync", "syncfs"):
            target = "*" if call.name == "syncfs" else self.name(call.path)
            if target and call.result == "0":
                self.syncs.append(disk.Sync(target, call.began, call.ended))
        elif call.name in ("write", "writev", "sendto", "sendmsg"):
            self.written(call)
        elif call.result not in ("?",) and not call.result.startswith("-"):
            self.changed(call)

    def written(self, call):
        if call.path.startswith(("socket:", "TCP")):
            self.sends.append((call.began, b"".join(call.strings)))
        elif DESCRIPTOR.match(call.text)[1] == "2":
            self.claims.append((call.began, b"".join(call.strings).decode(errors="replace")))

    def changed(self, call):
        def add(kind, name, **more):
            self.changes.append(disk.Change(kind, name, call.began, call.ended, **more))

        if call.name == "pwrite64" and self.name(call.path):
            offset = int(re.search(r", (\d+)\s*\)\s+= ", call.text)[1])
            data = call.strings[0] if call.strings else b""
            if int(call.result) != len(data):
                raise Unreadable("a short write")
            add("write", self.name(call.path), data=data, offset=offset)
        elif call.name == "ftruncate" and self.name(call.path):
            length = int(re.search(r", (\d+)\s*\)\s+= ", call.text)[1])
            add("truncate", self.name(call.path), offset=length)
        elif call.name in ("mkdir", "mkdirat") and self.name(self.full(call)) == ".":
            add("mkdir", ".")
        elif call.path == self.state and call.name in ("renameat", "renameat2"):
            old, new = (text.decode() for text in call.strings)
            add("rename", old, other=new)
        elif call.path == self.state and call.name == "unlinkat":
            add("unlink", call.strings[0].decode())
        elif call.path == self.state and call.name == "openat" and "O_CREAT" in call.text:
            add("create", call.strings[0].decode())

    def full(self, call):
        path = call.strings[0].decode()
        return path if path.startswith("/") else f"{self.parent}/{path}"
