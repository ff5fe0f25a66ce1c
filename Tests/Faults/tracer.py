"""Runs a program under ptrace and stops at its every system call, in the one order in which all
its threads make them.

strace's own fault injection (`-e inject=…:when=N`) counts per thread, and which of Swift's
threads makes a call differs from run to run: some points would never come, others twice. Here N
counts over the whole process, or over all that it starts too: then a call's `role` says whose it
is, bankhook's, git's, or the remote's (what git starts there in place of another machine).
Linux on x86-64 and arm64; a process may always trace its own children, so no privilege is needed.
"""

import ctypes
import os
import platform
import signal
import struct

TRACEME, POKEUSER, CONT_SYSCALL, SETOPTIONS, GETEVENTMSG = 0, 6, 24, 0x4200, 0x4201
GETREGSET, SETREGSET, GET_SYSCALL_INFO = 0x4204, 0x4205, 0x420E
OPTIONS = 0x1 | 0x8 | 0x100000  # TRACESYSGOOD, TRACECLONE, EXITKILL
FOLLOW = 0x2 | 0x4 | 0x10  # TRACEFORK, TRACEVFORK, TRACEEXEC
EVENT_FORK, EVENT_VFORK, EVENT_CLONE, EVENT_EXEC = 1, 2, 3, 4
WALL = 0x40000000
ENTRY, EXIT = 1, 2
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

#: Numbers of the calls that the scripts name. None: the machine has no such call.
NUMBERS = {
    "x86_64": {
        "write": 1, "pwrite64": 18, "writev": 20, "sendto": 44, "sendmsg": 46, "connect": 42,
        "execve": 59, "link": 86, "linkat": 265, "flock": 73, "fsync": 74, "fdatasync": 75, "ftruncate": 77, "rename": 82, "mkdir": 83,
        "unlink": 87, "prctl": 157, "exit_group": 231, "openat": 257, "mkdirat": 258,
        "unlinkat": 263, "renameat": 264, "syncfs": 306, "renameat2": 316,
    },
    "aarch64": {
        "write": 64, "pwrite64": 68, "writev": 66, "sendto": 206, "sendmsg": 211, "connect": 203,
        "execve": 221, "link": None, "linkat": 37, "flock": 32, "fsync": 82, "fdatasync": 83, "ftruncate": 46, "rename": None, "mkdir": None,
        "unlink": None, "prctl": 167, "exit_group": 94, "openat": 56, "mkdirat": 34,
        "unlinkat": 35, "renameat": 38, "syncfs": 267, "renameat2": 276,
    },
}  # fmt: skip

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


class Hung(Exception):
    """The program did not end in time."""


def numbers():
    """The table of this machine, or an error that says what is supported."""
    table = NUMBERS.get(platform.machine())
    if table is None or platform.system() != "Linux":
        raise SystemExit("fault scripts need Linux on x86-64 or arm64")
    return {name: number for name, number in table.items() if number is not None}


NAMES = {number: name for name, number in numbers().items()}


def ptrace(request, pid, address=0, data=0):
    if libc.ptrace(request, pid, address, data) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def dies_with_parent():
    """For a child: ends it when the process that started it ends."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans():
    """Makes this process the parent of what a killed child leaves running."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def children():
    """This process's children."""
    found = set()
    for task in os.listdir("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{task}/children") as file:
                found |= {int(word) for word in file.read().split()}
        except FileNotFoundError:
            pass  # a thread that has ended meanwhile
    return found


class Call:
    """A system call at its entry: whose it is, its number, its name where it is one that is named
    above, and its arguments."""

    def __init__(self, thread, role, number, arguments):
        self.thread, self.role = thread, role
        self.number, self.arguments = number, arguments
        self.name = NAMES.get(number, str(number))

    def path(self):
        """What the descriptor that is the first argument is open for."""
        try:
            return os.readlink(f"/proc/{self.thread}/fd/{self.arguments[0]}")
        except OSError:
            return ""


class Tracer:
    """One run. `on_entry(call)` returns None to let a call happen, `("signal", N)` to send the
    process a signal first, `("signal all", N)` to send it to what it started too, the remote's
    part excepted, or `("fail", ERRNO)` to let the call fail without happening; `on_exit(call,
    value)` hears what it returned. With `follows`, calls of what it starts are heard of too.

    A run has ended when all that the program started has ended too."""

    def __init__(self, on_entry, on_exit=None, seconds=600, follows=False):
        self.on_entry, self.on_exit, self.seconds = on_entry, on_exit, seconds
        self.follows, self.calls, self.failing, self.roles = follows, {}, {}, {}
        self.ended, self.doom = set(), None

    def run(self, arguments, environment, folder, output, error):
        """The exit status, negative for the signal that ended it."""
        others = children()
        leader = os.fork()
        if leader == 0:
            try:
                os.setpgid(0, 0)
                dies_with_parent()
                os.chdir(folder)
                null = os.open(os.devnull, os.O_RDONLY)
                for source, target in ((null, 0), (output, 1), (error, 2)):
                    os.dup2(source, target)
                ptrace(TRACEME, 0)
                os.execve(arguments[0], arguments, environment)
            finally:
                os._exit(127)
        os.waitpid(leader, 0)
        self.roles = {leader: "bankhook"}
        ptrace(SETOPTIONS, leader, 0, OPTIONS | (FOLLOW if self.follows else 0))
        ptrace(CONT_SYSCALL, leader)
        signal.signal(signal.SIGALRM, self.give_up)
        signal.alarm(self.seconds)
        try:
            status = self.follow(leader, others)
            while orphans := children() - others:
                for orphan in orphans:
                    os.waitpid(orphan, 0)
            return status
        except BaseException:
            for one in children() - others:
                os.kill(one, signal.SIGKILL)
            raise
        finally:
            signal.alarm(0)

    def give_up(self, *_):
        raise Hung()

    def follow(self, leader, others):
        known, result = {leader}, None
        while True:
            if result is not None and not self.roles and not children() - others:
                return result
            thread, status = os.waitpid(-1 if self.follows else -leader, WALL)
            if thread in others:
                continue
            if not os.WIFSTOPPED(status):
                self.roles.pop(thread, None)
                self.ended.add(thread)
                known.discard(thread)
                if thread == leader:
                    result = os.waitstatus_to_exitcode(status)
                    if not self.follows:
                        return result
                continue
            number, event, deliver = os.WSTOPSIG(status), status >> 16, 0
            try:
                if number == signal.SIGTRAP | 0x80:
                    self.stopped(leader, thread)
                elif event:
                    self.heard(thread, event)
                else:
                    # A new thread or process begins with a stop that is nobody's signal.
                    is_start = number == signal.SIGSTOP and thread not in known
                    deliver = 0 if is_start else number
                self.roles.setdefault(thread, "bankhook")
                self.ended.discard(thread)
                known.add(thread)
                ptrace(CONT_SYSCALL, thread, 0, deliver)
            except ProcessLookupError:
                pass  # it was killed meanwhile

    def heard(self, thread, event):
        """A new thread or process is its parent's until it becomes another program."""
        if event in (EVENT_FORK, EVENT_VFORK, EVENT_CLONE):
            message = ctypes.c_ulong()
            ptrace(GETEVENTMSG, thread, 0, ctypes.addressof(message))
            # It may have been seen before, and have become another program, or have ended.
            role, new = self.roles.get(thread, "bankhook"), message.value
            is_unknown = self.roles.get(new, "bankhook") == "bankhook"
            if new not in self.ended and (role == "remote" or is_unknown):
                self.roles[new] = role
        elif event == EVENT_EXEC and self.roles.get(thread) != "remote":
            with open(f"/proc/{thread}/cmdline", "rb") as file:
                words = file.read()
            is_remote = b"receive-pack" in words or b"upload-pack" in words
            self.roles[thread] = "remote" if is_remote else "git"
            if self.doom and not is_remote:
                os.kill(thread, self.doom)

    def stopped(self, leader, thread):
        info = ctypes.create_string_buffer(88)
        ptrace(GET_SYSCALL_INFO, thread, 88, ctypes.addressof(info))
        kind = info.raw[0]
        if kind == ENTRY:
            number, *arguments = struct.unpack_from("<7Q", info.raw, 24)
            call = Call(thread, self.roles.get(thread, "bankhook"), number, arguments)
            self.calls[thread] = call
            match self.on_entry(call):
                case ("signal", number):
                    os.kill(leader, number)
                case ("signal all", number):
                    self.signal_all(leader, number)
                case ("fail", number):
                    self.failing[thread] = number
                    skip(thread)
        elif kind == EXIT:
            call, number = self.calls.pop(thread, None), self.failing.pop(thread, None)
            value = struct.unpack_from("<q", info.raw, 24)[0]
            if number is not None:
                value = -number
                answer(thread, value)
            if call and self.on_exit:
                self.on_exit(call, value)

    def signal_all(self, leader, number):
        """As a machine's end does it; git that is only now being started gets it then."""
        if number == signal.SIGKILL:
            self.doom = number
        for one, role in self.roles.items():
            if one == leader or role == "git":
                try:
                    os.kill(one, number)
                except ProcessLookupError:
                    pass


def skip(thread):
    """Makes the call that a thread is about to make none."""
    if platform.machine() == "x86_64":
        ptrace(POKEUSER, thread, 15 * 8, -1)
    else:
        registers(SETREGSET, 0x404, thread, ctypes.create_string_buffer(struct.pack("<i", -1), 4))


def answer(thread, value):
    """Makes it return a value."""
    if platform.machine() == "x86_64":
        ptrace(POKEUSER, thread, 10 * 8, value)
    else:
        general = ctypes.create_string_buffer(34 * 8)
        registers(GETREGSET, 1, thread, general)
        struct.pack_into("<q", general, 0, value)
        registers(SETREGSET, 1, thread, general)


def registers(request, kind, thread, buffer):
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), len(buffer))
    ptrace(request, thread, kind, ctypes.addressof(vector))


class Points:
    """Counts the calls of a kind from `main` on, and acts at the N-th, or from it on.

    main's first act is to forbid core files, whose last call is prctl(PR_SET_DUMPABLE, 0): the
    loader is not counted."""

    def __init__(self, matters, at=None, action=None, lasts=False):
        self.matters, self.at, self.action, self.lasts = matters, at, action, lasts
        self.count, self.hit, self.is_main = 0, None, False

    def __call__(self, call):
        if not self.is_main:
            self.is_main = call.name == "prctl" and call.arguments[:2] == [4, 0]
            return None
        if not self.matters(call):
            return None
        self.count += 1
        if self.at is None or self.count < self.at or (self.count > self.at and not self.lasts):
            return None
        if self.count == self.at:
            self.hit = call.name if call.role == "bankhook" else f"{call.name} of {call.role}"
        return self.action
