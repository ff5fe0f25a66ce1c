"""What systemd makes of the services, and cron of the crontab."""

import re
import shlex
import shutil

from jobs import Run, stop_main
from scene import check


class Unit:
    """What stands in a unit file: settings that may come several times."""

    def __init__(self, file):
        text = file.read_text()
        self.settings = {}
        for line in text.splitlines():
            if "=" in line and not line.startswith("#"):
                name, _, value = line.partition("=")
                self.settings.setdefault(name, []).append(value)
        self.sandbox = text.partition("UMask=")[2]

    def one(self, name):
        check(len(self.settings.get(name, [])) == 1, f"a unit has no {name}, or several")
        return self.settings[name][0]


class Systemd:
    """One service applies, another looks. There is no plan of a change."""

    name = "systemd"
    interrupted = (143,)
    has_plan = False
    has_look = True

    def __init__(self, examples):
        folder = examples / "cron"
        self.service = Unit(folder / "bankhook-apply.service")
        self.look = Unit(folder / "bankhook-look.service")
        check(self.service.one("KillMode") == "mixed", "git is signalled too")
        check(int(self.service.one("TimeoutStopSec")) >= 30, "too little time to settle")
        check(self.service.sandbox == self.look.sandbox, "the two services are shut in differently")
        for each in (self.service, self.look):
            check("min" in each.one("TimeoutStartSec"), "what hangs hangs for good")
            check(each.one("OnFailure") == "bankhook-failed@%n.service", "nobody hears of a failure")
        check("bankhook-apply.service" in self.look.one("After"), "a look begins during an apply")
        for name in ("apply", "look"):
            Unit(folder / f"bankhook-{name}.timer").one("OnCalendar")
        self.crontab = Crontab((folder / "crontab").read_text())

    def steps(self):
        for number, line in enumerate(self.crontab.lines):
            yield f"crontab: line {number + 1}", "sh", line
        for line in self.look.settings["ExecStart"]:
            if line.startswith("sh -c "):
                yield "bankhook-look.service", "sh", shlex.split(line)[2]

    def apply(self, scene, cancel=None):
        return self.start(scene, self.service, cancel)

    def drift(self, scene):
        return self.start(scene, self.look)

    def start(self, scene, unit, cancel=None):
        run = Run(scene, scene.clone(scene.ssh_url))
        credentials = scene.folder / "credentials"
        credentials.mkdir(exist_ok=True)
        (credentials / "deploy-key").write_text("deploy-key-canary\n")
        runtime = scene.folder / f"{run.folder.name}.run"
        for name in unit.settings.get("RuntimeDirectory", []):
            (runtime / name).mkdir(parents=True)

        def words(line):
            return [each.replace("%d", str(credentials)).replace("%t", str(runtime))
                    for each in shlex.split(line)]

        variables = scene.variables(**scene.secrets)
        for line in unit.settings["Environment"]:
            variables |= dict(each.split("=", 1) for each in words(line))
        for name in ("ExecStartPre", "ExecStart"):
            for line in unit.settings[name]:
                if run.status == 0:
                    # No shell: systemd starts the program itself.
                    run.step(words(line), variables,
                             cancel if name == "ExecStart" else None, stop_main)
        for line in unit.settings.get("ExecStopPost", []):
            status = run.status
            run.step(words(line), variables)
            run.status = status or run.status
        return run


class Cron(Systemd):
    """The crontab. Nobody cancels what cron started."""

    name = "cron"
    interrupted = ()

    def apply(self, scene, cancel=None):
        run = Run(scene, self.crontab.home(scene))
        check(cancel is None, "cron sends no signal")
        run.step(*self.crontab.command(run, self.crontab.line("apply")))
        return run

    def drift(self, scene):
        run = Run(scene, self.crontab.home(scene))
        run.step(*self.crontab.command(run, self.crontab.line("plan")))
        # cron itself knows no failure: a mail is what it has.
        run.status = 2 if run.output else 0
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
        keys.write_text("".join(f"export {name}={value}\n" for name, value in scene.secrets.items()))
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
