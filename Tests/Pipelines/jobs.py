"""How a CI system starts a script and how it ends one: what its own source does, see README.md."""

import os
import pathlib
import signal
import subprocess
import time

from scene import SECRETS, Problem, check, processes


class Run:
    """One job: where it ran, what it said, how it ended."""

    def __init__(self, scene, folder):
        self.scene = scene
        self.folder = folder
        self.output = ""
        self.status = 0
        self.settled = None

    def step(self, arguments, variables, cancel=None, stop=None):
        """Runs one script; where `cancel` is given, waits for its moment and calls `stop`."""
        process = subprocess.Popen(
            arguments, cwd=self.folder, env=variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        if cancel:
            cancel()
            start = time.monotonic()
            stop(process)
        output, _ = process.communicate(timeout=120)
        if cancel:
            self.settled = time.monotonic() - start
        self.say(output)
        self.status = self.status or process.returncode
        return process.returncode

    def say(self, output):
        self.output += output
        for value in SECRETS.values():
            check(value not in output, "a secret is in the log")

    def script(self, text):
        """A file, as the systems have it: a shell that gets one command as an argument replaces itself
        by it, so that a missing exec would not show."""
        file = self.scene.folder / f"step{time.monotonic_ns()}"
        file.write_text(text + "\n")
        return str(file)


def wait_for_end(process, seconds):
    """Whether a process ends in time. Its output is read later: it says little."""
    try:
        process.wait(timeout=seconds)
        return True
    except subprocess.TimeoutExpired:
        return False


def stop_as_github(process):
    """SIGINT to the step's process, SIGTERM after 7.5 s, and the end of the tree 2.5 s later."""
    process.send_signal(signal.SIGINT)
    if wait_for_end(process, 7.5):
        return
    process.send_signal(signal.SIGTERM)
    if wait_for_end(process, 2.5):
        return
    for one in tree(process.pid):
        kill(one, signal.SIGKILL)
    raise Problem("GitHub had to kill the step after 10 s")


def stop_group(process):
    """GitLab's shell executor: SIGTERM to the process group, SIGKILL after ten minutes."""
    os.killpg(process.pid, signal.SIGTERM)


def stop_container(process):
    """GitLab's other executors: SIGTERM to every process, the youngest first, 6 s for each."""
    for one in sorted(tree(process.pid), reverse=True):
        kill(one, signal.SIGTERM)
        wait_gone(one, 6)


def stop_main(process):
    """systemd with KillMode=mixed: SIGTERM to the main process alone."""
    process.send_signal(signal.SIGTERM)


def kill_by_cookie(cookie):
    """Jenkins: each process with the step's cookie, its children first, SIGTERM, 5 s for all."""
    all_processes = processes()
    for one, (_, _, variables) in all_processes.items():
        if f"JENKINS_SERVER_COOKIE={cookie}" in variables:
            end = time.monotonic() + 5
            for each in reversed(tree(one, all_processes)):
                kill(each, signal.SIGTERM)
                wait_gone(each, end - time.monotonic())


def kill(process, number):
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass


def wait_gone(process, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = pathlib.Path(f"/proc/{process}/stat").read_text(errors="replace")
        except OSError:
            return
        if state.rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.01)


def tree(root, all_processes=None):
    """A process and what it started, parents first. What serves a remote stands on another machine."""
    all_processes = all_processes or processes()
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        if one not in all_processes:
            continue
        arguments = all_processes[one][1]
        if any(word in ("git-receive-pack", "git-upload-pack", "receive-pack", "upload-pack")
               for word in [os.path.basename(arguments[0]), *arguments[1:2]]):
            continue
        found.append(one)
        waiting += [child for child, (parent, _, _) in all_processes.items() if parent == one]
    return found
