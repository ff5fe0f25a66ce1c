"""What systemd makes of the service, and cron of the crontab."""

import re
import shlex
import shutil

from jobs import Run, stop_main
from scene import SECRETS, check


class Systemd:
    """The service applies, the crontab's look is the nightly one. There is no plan of a change."""

    name = "systemd and cron"
    interrupted = (143,)
    has_plan = False

    def __init__(self, examples):
        folder = examples / "cron"
        self.settings = {}
        for line in (folder / "bankhook-apply.service").read_text().splitlines():
            if "=" in line and not line.startswith("#"):
                name, _, value = line.partition("=")
                self.settings.setdefault(name, []).append(value)
        check(self.settings["KillMode"] == ["mixed"], "git is signalled too")
        check(int(self.settings["TimeoutStopSec"][0]) >= 30, "too little time to settle")
        self.crontab = Crontab((folder / "crontab").read_text())

    def steps(self):
        for number, line in enumerate(self.crontab.lines):
            yield f"crontab: line {number + 1}", "sh", line

    def apply(self, scene, cancel=None):
        run = Run(scene, scene.clone(scene.ssh_url))
        credentials = scene.folder / "credentials"
        credentials.mkdir(exist_ok=True)
        (credentials / "deploy-key").write_text("deploy-key-canary\n")
        variables = scene.variables(**SECRETS)
        for line in self.settings["Environment"]:
            for each in shlex.split(line):
                name, _, value = each.partition("=")
                variables[name] = value.replace("%d", str(credentials))
        for name in ("ExecStartPre", "ExecStart"):
            for line in self.settings[name]:
                if run.status == 0:
                    # No shell: systemd starts the program itself.
                    run.step(shlex.split(line), variables,
                             cancel if name == "ExecStart" else None, stop_main)
        for line in self.settings["ExecStopPost"]:
            status = run.status
            run.step(shlex.split(line), variables)
            run.status = status or run.status
        return run

    def drift(self, scene):
        run = Run(scene, self.crontab.home(scene))
        run.step(*self.crontab.command(run, self.crontab.line("plan")))
        # cron itself knows no failure: a mail is what it has.
        run.status = 2 if run.output else 0
        return run


class Cron(Systemd):
    """The crontab's apply. Nobody cancels what cron started."""

    name = "cron"
    interrupted = ()

    def apply(self, scene, cancel=None):
        run = Run(scene, self.crontab.home(scene))
        check(cancel is None, "cron sends no signal")
        run.step(*self.crontab.command(run, self.crontab.line("apply")))
        return run


class Crontab:
    """The lines of a crontab, read as cron reads them."""

    def __init__(self, text):
        self.variables, self.lines = {}, []
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            found = re.fullmatch(r"(\w+)=(.*)", line)
            if found:
                self.variables[found[1]] = found[2]
                continue
            command = line.split(maxsplit=5)[5]
            check(not re.search(r"(?<!\\)%", command), "cron makes a line's end of a %")
            self.lines.append(command.replace("\\%", "%"))

    def line(self, word):
        return next(line for line in self.lines if f"bankhook {word}" in line)

    def home(self, scene):
        """A user with a clone, its keys and its SSH key."""
        clone = scene.clone()
        home = scene.folder / f"user-of-{clone.name}"
        home.mkdir()
        shutil.move(clone, home / "bankhook")
        (home / "key").write_text("deploy-key-canary\n")
        keys = home / ".bankhook-keys"
        keys.write_text("".join(f"export {name}={value}\n" for name, value in SECRETS.items()))
        keys.chmod(0o600)
        return home

    def command(self, run, line):
        """The arguments and variables of a line: cron's own, and what the crontab sets."""
        variables = {"HOME": str(run.folder), "LOGNAME": "bankhook", "PATH": "/usr/bin:/bin",
                     **self.variables}
        # The scene's programs stand for those in /usr/local/bin.
        variables["PATH"] = variables["PATH"].replace("/usr/local/bin", str(run.scene.bin))
        return ["env", "-i", *[f"{name}={value}" for name, value in variables.items()],
                "SHELL=/bin/sh", "/bin/sh", "-c", line], {}
