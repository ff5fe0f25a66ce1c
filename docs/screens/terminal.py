"""A terminal of a fixed size: runs a program in it, and tells what stands on its screen then."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

#: All that bankhook may send beside text: colours, and the beginning of a line that is written anew.
TOKEN = re.compile(r"\x1b\[([0-9;]*)m|(\x1b\[K)|(\r)|(\n)|([^\x00-\x1f\x7f])|([\s\S])")


class Session:
    """A program that runs in the terminal, and all that it has written."""

    def __init__(self, arguments, folder, variables, columns=92, rows=50):
        self.output = b""
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            arguments, cwd=folder, env=variables, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(theirs)

    def read(self, until=None, seconds=60):
        """Reads until a text has come, or to the end."""
        end = time.monotonic() + seconds
        while until is None or until.encode() not in self.output:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.ours], [], [], left)[0]:
                self.process.kill()
                raise SystemExit(f"{until!r} did not come; this did:\n{self.text}")
            try:
                piece = os.read(self.ours, 65536)
            except OSError:
                piece = b""
            if not piece:
                if until is None:
                    break
                raise SystemExit(f"it ended without {until!r}:\n{self.text}")
            self.output += piece

    def type(self, line):
        os.write(self.ours, line.encode() + b"\n")

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def end(self):
        """Waits for the end and returns the exit status."""
        self.read()
        os.close(self.ours)
        return self.process.wait(60)

    @property
    def text(self):
        return self.output.decode()


def run(arguments, folder, variables, columns=92, replies=()):
    """Text and exit status of a program that is given replies, each after a text that asks for it."""
    session = Session(arguments, folder, variables, columns)
    for question, reply in replies:
        session.read(until=question)
        session.type(reply)
    status = session.end()
    return session.text, status


class Screen:
    """What a person sees of a text: rows of characters, each with the parameters of its colour."""

    def __init__(self, text, columns=92):
        self.columns, self.rows, self.row, self.column, self.tone = columns, [[]], 0, 0, ""
        for tone, erase, home, line, character, other in TOKEN.findall(text):
            if other:
                raise SystemExit(f"a terminal has to know {other!r} for this: {text!r}")
            if erase:
                del self.rows[self.row][self.column:]
            elif home:
                self.column = 0
            elif line:
                self.feed()
            elif character:
                self.put(character)
            else:
                self.tone = "" if tone in ("", "0") else tone

    def feed(self):
        self.row += 1
        if self.row == len(self.rows):
            self.rows.append([])

    def put(self, character):
        if self.column == self.columns:
            self.feed()
            self.column = 0
        row = self.rows[self.row]
        row += [(" ", "")] * (self.column + 1 - len(row))
        row[self.column] = (character, self.tone)
        self.column += 1

    @property
    def text(self):
        return "\n".join("".join(character for character, _ in row).rstrip() for row in self.rows)
