"""Presses the tab key in an interactive zsh, and prints the line and the list that are shown.

    zsh.py HOME LINE
"""

import os
import pty
import re
import select
import sys
import time

home, line = sys.argv[1:]
process, terminal = pty.fork()
if process == 0:
    os.environ.update(ZDOTDIR=home, TERM="dumb", COLUMNS="200")
    os.execvp("zsh", ["zsh", "-i"])


def read_until(pattern, seconds=20):
    """What the terminal shows, until the pattern is in it or nothing more comes."""
    shown, end = "", time.monotonic() + seconds
    while not re.search(pattern, shown) and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
    return shown


read_until("ready> ")
# The tab completes, or lists; the key after it shows the line as it is then.
os.write(terminal, (line + "\t\x14").encode())
shown = read_until(r"LINE=\[.*\]")
os.write(terminal, b"\x15exit\r")
while read_until("$^", 0.1):
    pass
os.close(terminal)
os.waitpid(process, 0)
print(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|.\x08|\x07", "", shown))
