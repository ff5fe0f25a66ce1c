"""Runs a program under ptrace and stops at its every system call, in the one order in which all
its threads make them.

strace's own fault injection (`-e inject=…:when=N`) counts per thread, and which of Swift's
threads makes a call differs from run to run: some points would never come, others twice. Here N
counts over the whole process. Children are not followed: with another store they are git's, not
bankhook's. Linux on x86-64 and arm64; a process may always trace its own children, so no
privilege is needed.
"""

import ctypes
import os
import platform
import signal
import struct

TRACEME, POKEUSER, CONT_SYSCALL, SETOPTIONS = 0, 6, 24, 0x4200
GETREGSET, SETREGSET, GET_SYSCALL_INFO = 0x4204, 0x4205, 0x420E
OPTIONS = 0x1 | 0x8 | 0x100000  # TRACESYSGOOD, TRACECLONE, EXITKILL
WALL = 0x40000000
ENTRY, EXIT = 1, 2
PR_SET_PDEATHSIG = 1

#: Numbers of the calls that the scripts name. None: the machine has no such call.
NUMBERS = {
    "x86_64": {
        "write": 1, "pwrite64": 18, "writev": 20, "sendto": 44, "sendmsg": 46, "connect": 42,
        "flock": 73, "fsync": 74, "fdatasync": 75, "ftruncate": 77, "rename": 82, "mkdir": 83,
        "unlink": 87, "prctl": 157, "exit_group": 231, "openat": 257, "mkdirat": 258,
        "unlinkat": 263, "renameat": 264, "syncfs": 306, "renameat2": 316,
    },
    "aarch64": {
        "write": 64, "pwrite64": 68, "writev": 66, "sendto": 206, "sendmsg": 211, "connect": 203,
        "flock": 32, "fsync": 82, "fdatasync": 83, "ftruncate": 46, "rename": None, "mkdir": None,
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


class Call:
    """A system call at its entry: its number, its name where it is one that is named above, and its
    arguments."""

    def __init__(self, number, arguments):
        self.number, self.arguments = number, arguments
        self.name = NAMES.get(number, str(number))


class Tracer:
    """One run. `on_entry(call)` returns None to let a call happen, `("signal", N)` to send the
    process a signal first, or `("fail", ERRNO)` to let the call fail without happening;
    `on_exit(call, value)` hears what it returned."""

    def __init__(self, on_entry, on_exit=None, seconds=600):
        self.on_entry, self.on_exit, self.seconds = on_entry, on_exit, seconds
        self.calls, self.failing = {}, {}

    def run(self, arguments, environment, folder, output, error):
        """The exit status, negative for the signal that ended it."""
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
        ptrace(SETOPTIONS, leader, 0, OPTIONS)
        ptrace(CONT_SYSCALL, leader)
        signal.signal(signal.SIGALRM, self.give_up)
        signal.alarm(self.seconds)
        try:
            return self.follow(leader)
        except BaseException:
            os.kill(leader, signal.SIGKILL)
            raise
        finally:
            signal.alarm(0)

    def give_up(self, *_):
        raise Hung()

    def follow(self, leader):
        known = {leader}
        while True:
            thread, status = os.waitpid(-leader, WALL)
            if not os.WIFSTOPPED(status):
                if thread == leader:
                    return os.waitstatus_to_exitcode(status)
                continue
            number, deliver = os.WSTOPSIG(status), 0
            try:
                if number == signal.SIGTRAP | 0x80:
                    self.stopped(leader, thread)
                elif status >> 16 == 0:
                    # A new thread begins with a stop that is nobody's signal.
                    is_start = number == signal.SIGSTOP and thread not in known
                    deliver = 0 if is_start else number
                known.add(thread)
                ptrace(CONT_SYSCALL, thread, 0, deliver)
            except ProcessLookupError:
                pass  # it was killed meanwhile

    def stopped(self, leader, thread):
        info = ctypes.create_string_buffer(88)
        ptrace(GET_SYSCALL_INFO, thread, 88, ctypes.addressof(info))
        kind = info.raw[0]
        if kind == ENTRY:
            number, *arguments = struct.unpack_from("<7Q", info.raw, 24)
            call = Call(number, arguments)
            self.calls[thread] = call
            match self.on_entry(call):
                case ("signal", number):
                    os.kill(leader, number)
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
            self.hit = call.name
        return self.action
