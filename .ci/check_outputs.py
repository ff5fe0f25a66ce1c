"""Compares the schemas of what bankhook writes with what it writes.

Every document under Tests/Documents/{state,plan,apply,history,probe,doctor,payloads,recover,progress,trigger,push,payload}
says by its folder who must accept it:

    valid                  the schema and, for state, bankhook
    invalid                neither
    invalid-beyond-schema  the schema alone

Records are shown to `bankhook state show`. Of all but those and payloads the real outputs of many
situations must be accepted: the schemas allow no field that they do not name, so a new field fails
here until it is described. Payloads have no decoder in this version: the schema alone judges them,
and what the emulator delivers is among them.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import time
import urllib.request

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError


class OutputChecker:
    """A schema and its documents."""

    # Whether every object lists all of its fields as required: absent values are null.
    is_complete = True
    # But for what tells that a list was cut.
    optional = {"omitted"}

    def __init__(self, name, binary):
        self.binary = os.path.abspath(binary)
        self.path = pathlib.Path(f"schema/{name}.schema.json")
        self.documents = pathlib.Path(f"Tests/Documents/{name}")
        self.schema = json.loads(self.path.read_text(encoding="utf-8"))
        self.validator = Draft202012Validator(self.schema)
        self.problems = []

    def report(self, place, message):
        self.problems.append(f"{place}: {message}")

    def reason(self, data):
        error = next(self.validator.iter_errors(data), None)
        return None if error is None else f"{error.json_path}: {error.message[:160]}"

    def bankhook_reason(self, path):
        """Why bankhook refuses a document; None where it accepts it."""
        raise NotImplementedError

    has_decoder = False

    def check_document(self, path, kind):
        data = json.loads(path.read_text(encoding="utf-8"))
        judges = [("the schema", self.reason(data), kind != "invalid")]
        if self.has_decoder:
            judges.append(("bankhook", self.bankhook_reason(path), kind == "valid"))
        for who, reason, accepts in judges:
            if accepts and reason is not None:
                self.report(path, f"{who} refuses it ({reason})")
            if not accepts and reason is None:
                self.report(path, f"{who} accepts it")
        return data

    def objects(self, schema):
        """Every schema within a schema that names properties."""
        if isinstance(schema, dict):
            if "properties" in schema and "type" in schema:
                yield schema
            for value in schema.values():
                yield from self.objects(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from self.objects(value)

    def check_schema(self):
        fields = 0
        for each in self.objects(self.schema):
            for name, value in each["properties"].items():
                if "description" not in value and set(value) <= {"type", "properties"}:
                    continue  # A condition, which says no more of a field than when it holds.
                fields += 1
                if not value.get("description", "").endswith("."):
                    self.report(self.path, f"{name} has no description")
                if self.is_complete and name not in each["required"] and name not in self.optional:
                    self.report(self.path, f"{name} is not required")
            if self.is_complete and each.get("additionalProperties") is not False:
                self.report(self.path, f"{each['description']} allows any field")
        return fields

    def words(self, schema):
        """Every field and every word of an enumeration."""
        for each in self.objects(schema):
            for name, value in each["properties"].items():
                yield name, None
                for word in value.get("enum", []):
                    yield name, word

    def used(self, data):
        if isinstance(data, dict):
            for name, value in data.items():
                yield name, None
                if isinstance(value, (str, int)):
                    yield name, value
                yield from self.used(value)
        elif isinstance(data, list):
            for value in data:
                yield from self.used(value)

    def check(self):
        """Finds every problem; returns how many documents and fields were compared."""
        try:
            Draft202012Validator.check_schema(self.schema)
        except SchemaError as error:
            self.report(self.path, f"{error.json_path}: it is no schema: {error.message}")
            return 0, 0
        fields = self.check_schema()
        used, documents = set(), 0
        for kind in ("valid", "invalid", "invalid-beyond-schema"):
            paths = sorted((self.documents / kind).glob("*.json"))
            if not paths and (kind != "invalid-beyond-schema" or self.has_decoder):
                self.report(self.documents / kind, "there are no documents")
            for path in paths:
                data = self.check_document(path, kind)
                if kind == "valid":
                    used.update(self.used(data))
            documents += len(paths)
        for name, word in sorted(set(self.words(self.schema)) - used, key=str):
            use = name if word is None else f"{name}: {word}"
            self.report(self.path, f"no valid document uses {use}")
        return documents, fields


class StateChecker(OutputChecker):
    """Records, which bankhook reads too."""

    is_complete = False
    has_decoder = True

    def bankhook_reason(self, path):
        text = path.read_text(encoding="utf-8")
        record = json.loads(text)
        self.check_checksum(path, record)
        name = record.get("environment", "production")
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "bankhook.yaml").write_text("version: 1\nenvironments: {}\n")
            (root / "bankhook.state").mkdir()
            (root / "bankhook.state" / f"{name}.json").write_text(text, encoding="utf-8")
            run = subprocess.run(
                [self.binary, "state", "show", name, "--format", "json"], cwd=root,
                env={"PATH": os.environ.get("PATH", "")}, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, timeout=60, check=False)
        if run.returncode != 0:
            return run.stderr.strip()
        if json.loads(run.stdout) != {**record, "format_version": 1}:
            self.report(path, f"state show prints something else: {run.stdout}")
        return None

    def check_checksum(self, path, record):
        """A document about anything else must not be refused for its checksum."""
        content = {key: record[key] for key in record if key != "checksum"}
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        expected = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        if (record["checksum"] == expected) == path.name.startswith("checksum-"):
            self.report(path, f"its checksum should be {expected}")


class ReportChecker(OutputChecker):
    """What plan, apply, history, state push and trigger print, with the outputs of real runs."""

    def __init__(self, name, binary, outputs):
        super().__init__(name, binary)
        self.outputs = outputs

    def check(self):
        documents, fields = super().check()
        for situation, data in self.outputs:
            reason = self.reason(data)
            if reason is not None:
                self.report(f"the output of {situation}", reason)
        return documents + len(self.outputs), fields


class PayloadChecker(ReportChecker):
    is_complete = False


class Runs:
    """Real runs of plan and apply against the emulator, and what they printed."""

    def __init__(self, binary, folder, base_url):
        self.binary, self.root, self.base_url = os.path.abspath(binary), folder, base_url
        self.variables = {"PATH": os.environ.get("PATH", "")}
        self.printed = {"plan": [], "apply": []}
        self.problems = []

    def configure(self, environments, **more):
        """Writes a configuration, in JSON, and sets the variables of its accounts."""
        configuration = {
            "version": 1, **more,
            "defaults": {
                "base_url": self.base_url, "webhook_mode": 1,
                "credentials": {"api_key": {"env": "{ENVIRONMENT}_KEY"},
                                "server_hash": {"env": "{ENVIRONMENT}_HASH"}}},
            "environments": {
                name: {"webhook_url": f"https://{name}.lender.example/hook", **fields}
                for name, fields in environments.items()}}
        for name in environments:
            for kind in ("KEY", "HASH"):
                self.variables[f"{name.upper()}_{kind}"] = f"{name}-{kind.lower()}"
        (self.root / "bankhook.yaml").write_text(json.dumps(configuration))

    def faults(self, faults):
        path = "/bank-connect/v1/entity/update_webhook/"
        body = json.dumps([{"path": path, "times": 1, **each} for each in faults]).encode()
        urllib.request.urlopen(urllib.request.Request(
            f"{self.base_url}/_emulator/faults", data=body, method="PUT",
            headers={"content-type": "application/json"}), timeout=30).close()

    def run(self, situation, status, command, *options, variables=None):
        words = [command, "--format", "json", "--out-json", "out.json", *options]
        if command == "apply":
            words += ["--auto-approve", "--parallelism", "1"]
        run = subprocess.run(
            [self.binary, *words], cwd=self.root, stdin=subprocess.DEVNULL, capture_output=True,
            env=self.variables if variables is None else variables, text=True, timeout=120,
            check=False)
        place = f"{command}, {situation}"
        if run.returncode != status:
            self.problems.append(f"{place}: exit status {run.returncode}: {run.stderr}")
            return
        if (self.root / "out.json").read_text(encoding="utf-8") != run.stdout:
            self.problems.append(f"{place}: --out-json and standard output differ")
        self.printed[command].append((place, json.loads(run.stdout)))

    def run_all(self):
        self.configure({"a": {}, "b": {"protected": True}, "c": {"webhook_mode": 0}})
        bare = {"PATH": self.variables["PATH"]}
        self.run("first registrations", 0, "plan")
        self.run("without credentials", 0, "plan", variables=bare)
        self.run("without credentials", 1, "apply", variables=bare)
        self.run("refused", 5, "apply")
        self.run("applied", 0, "apply", "--allow", "protected")
        self.run("nothing to do", 0, "plan")
        self.run("nothing to do", 0, "apply")
        self.run("requested", 0, "plan", "--reassert")
        self.faults([{"status": 200, "body": "fine"}, {"status": 400, "body": "no"},
                     {"status": 201}])
        self.run("an odd success, a failure and doubt", 3, "apply", "--reassert",
                 "--allow", "protected")
        self.run("doubt", 0, "plan")
        self.configure({"a": {}, "b": {"webhook_mode": 0}}, policy={"max_changes": 0})
        self.variables["A_KEY"] = "another-key-of-a"
        self.run("an account, a mode, an orphan in doubt and refusals", 0, "plan")
        self.run("the same", 5, "apply")
        same = {"webhook_url": "https://same.lender.example/",
                "credentials": {"api_key": {"env": "S_KEY"}, "server_hash": {"env": "S_HASH"}}}
        self.configure({"s": same, "t": same})
        self.faults([{"status": 401}])
        self.run("refused credentials", 3, "apply")
        self.watch()
        (self.root / "bankhook.yaml").write_text("version: 2\nodd: [\n")
        self.run("a broken configuration", 1, "plan")
        self.run("a broken configuration", 1, "apply")
        self.run("no configuration", 1, "plan", "--config", "missing.yaml")

    def watch(self):
        """Waits for a delivery that does not come, and for none."""
        (self.root / "receipts").write_text("")
        words = ("--watch-receipts", "receipts", "--within", "1s")
        for path in ("one", "two"):
            url = f"https://w.lender.example/{path}"
            self.configure({"w": {"webhook_url": url}})
            self.run(f"silence at {path}", 3, "apply", *words)
        self.run("nothing to watch", 0, "apply", *words)
        self.configure({"w": {}})
        self.run("no receipts", 1, "apply", "--watch-receipts", "missing")


class HistoryRuns(Runs):
    """Real runs of state history, over what applies did and git was told."""

    def __init__(self, binary, folder, base_url):
        super().__init__(binary, folder, base_url)
        self.printed["history"] = []
        self.record = self.root / "bankhook.state" / "h.json"

    def git(self, *words):
        subprocess.run(
            ["git", "-c", "user.name=Test", "-c", "user.email=test@example.invalid",
             "-c", "commit.gpgSign=false", *words], cwd=self.root, check=True, timeout=60,
            env={"PATH": self.variables["PATH"], "GIT_CONFIG_NOSYSTEM": "1"})

    def commit(self, subject):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def tell(self, situation, status, *options, variables=None):
        run = subprocess.run(
            [self.binary, "state", "history", "--format", "json", *options], cwd=self.root,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env=self.variables if variables is None else variables)
        if run.returncode != status:
            self.problems.append(f"history, {situation}: exit {run.returncode}: {run.stderr}")
            return
        self.printed["history"].append((f"history, {situation}", json.loads(run.stdout)))

    def run_all(self):
        self.configure({"h": {}})
        self.tell("nothing recorded", 0)
        self.run("registered", 0, "apply")
        self.tell("no work tree", 0)
        self.git("init", "--quiet")
        self.tell("no commit", 0)
        self.commit("registered")
        self.configure({"h": {"webhook_mode": 0}})
        self.faults([{"status": 201}])
        self.run("in doubt", 3, "apply", "--allow", "mode-downgrade")
        self.commit("in doubt\n\nRun: https://ci.example/runs/1")
        self.run("settled", 0, "apply", "--allow", "mode-downgrade")
        self.commit("settled")
        self.git("revert", "--no-edit", "--no-commit", "HEAD")
        self.commit("rolled back")
        text = self.record.read_text()
        self.record.write_text("")
        self.commit("damaged")
        self.record.write_text(text)
        self.commit("restored")
        self.record.unlink()
        self.tell("everything", 0)
        self.tell("one environment", 0, "h")
        self.tell("an unknown one", 1, "zzz")
        self.tell("no git", 0, variables={**self.variables, "PATH": "/nonexistent"})
        self.configure({"h": {}}, policy={"history": "require"})
        self.tell("no git, required", 1, variables={**self.variables, "PATH": "/nonexistent"})


class PushRuns(HistoryRuns):
    """Real runs of state push, in a clone whose remote refuses outcomes for a while."""

    def push(self, situation, status):
        run = subprocess.run(
            [self.binary, "state", "push", "--format", "json"], cwd=self.root,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env=self.variables)
        if run.returncode != status:
            self.problems.append(f"push, {situation}: exit {run.returncode}: {run.stderr}")
            return
        self.printed["push"].append((f"push, {situation}", json.loads(run.stdout)))

    def run_all(self):
        self.printed["push"] = []
        remote = self.root / "remote.git"
        self.git("init", "--quiet", "--bare", str(remote))
        self.git("init", "--quiet")
        self.git("remote", "add", "origin", str(remote))
        self.configure({"p": {}}, state={"git": {"remote": "origin", "branch": "state"}})
        subprocess.run([self.binary, "state", "init"], cwd=self.root, check=True, timeout=60,
                       env=self.variables, stdout=subprocess.DEVNULL)
        hook = remote / "hooks" / "pre-receive"
        hook.write_text("#!/bin/sh\nread old new ref\n"
                        "case $(git log -1 --format=%s $new) in *applied*|*late*) exit 1 ;; esac\n")
        hook.chmod(0o755)
        self.run("kept", 3, "apply")
        self.run("kept", 0, "plan")
        self.push("refused", 3)
        hook.unlink()
        self.push("taken", 0)
        self.push("nothing kept", 0)


class ProbeRuns(Runs):
    """Real runs of probe, at an emulator that is no receiver and at nobody."""

    def __init__(self, binary, folder, base_url):
        super().__init__(binary, folder, base_url)
        self.printed["probe"] = []

    def tell(self, situation, status, *options):
        run = subprocess.run(
            [self.binary, "probe", "--format", "json", *options], cwd=self.root,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env={"PATH": self.variables["PATH"]})
        if run.returncode != status:
            self.problems.append(f"probe, {situation}: exit {run.returncode}: {run.stderr}")
            return
        self.printed["probe"].append((f"probe, {situation}", json.loads(run.stdout)))

    def run_all(self):
        self.configure({
            "odd": {"webhook_url": f"{self.base_url}/hook"},
            "nobody": {"webhook_url": "http://127.0.0.1:1/hook", "flow": "session"},
            "secret": {"webhook_url": "http://127.0.0.1:1/{token}",
                       "webhook_secrets": {"token": {"env": "NO_TOKEN"}}}})
        self.tell("no endpoints", 3, "odd", "nobody", "--all-shapes")
        self.tell("a URL", 3, "--url", f"{self.base_url}/hook")
        self.tell("a missing secret", 1)
        self.tell("an unknown name", 1, "zzz")
        self.tell("no URL", 64, "--url", "nowhere")


class DoctorRuns(Runs):
    """Real runs of doctor, where all is well and where it is not."""

    def __init__(self, binary, folder, base_url):
        super().__init__(binary, folder, base_url)
        self.printed["doctor"] = []

    def tell(self, situation, status, *options, **more):
        run = subprocess.run(
            [self.binary, "doctor", "--format", "json", *options], cwd=self.root,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env={**self.variables, **more})
        if run.returncode != status:
            self.problems.append(f"doctor, {situation}: exit {run.returncode}: {run.stdout}")
            return
        self.printed["doctor"].append((f"doctor, {situation}", json.loads(run.stdout)))

    def run_all(self):
        self.configure({"d": {"webhook_url": "http://127.0.0.1:1/hook"}})
        self.tell("nothing recorded", 0)
        self.tell("no key", 1, D_KEY="")
        self.tell("a CI without a policy", 0, CI="true")
        self.tell("an unknown name", 1, "--target", "zzz")
        self.tell("no configuration", 1, "--config", "missing.yaml")
        (self.root / "bad.yaml").write_text("version: 2\nodd: [\n")
        self.tell("a broken configuration", 1, "--config", "bad.yaml")
        local = {"webhook_url": "http://127.0.0.1:1/hook"}
        self.configure({"d": {
            **local, "base_url": "https://127.0.0.1:1", "ca_file": "missing.pem"}})
        self.tell("no ca_file", 1)
        self.configure({"d": local}, state={"git": {"remote": "origin", "branch": "state"}})
        self.tell("no repository", 1)


class DeliveryRuns(Runs):
    """Real runs of what reads BankConnect's lists, of an extraction at the emulator."""

    def __init__(self, binary, folder, base_url):
        super().__init__(binary, folder, base_url)
        self.printed.update({"payloads": [], "recover": [], "progress": []})

    def tell(self, situation, status, command, *options):
        run = subprocess.run(
            [self.binary, command, "--format", "json", *options], cwd=self.root,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env=self.variables)
        if run.returncode != status:
            self.problems.append(f"{command}, {situation}: exit {run.returncode}: {run.stderr}")
            return
        self.printed[command].append((f"{command}, {situation}", json.loads(run.stdout)))

    def event(self, account, **more):
        body = json.dumps({"account": account, "progress": "failed", "mode": "manual", **more})
        urllib.request.urlopen(urllib.request.Request(
            f"{self.base_url}/_emulator/events", data=body.encode(), method="POST",
            headers={"content-type": "application/json"}), timeout=30).close()

    def run_all(self):
        self.configure({"d": {"webhook_url": "http://127.0.0.1:1/hook"}, "s": {"flow": "session"}})
        self.run("for deliveries", 0, "apply", "--target", "d")
        account = "acct-" + hashlib.sha256(b"d-key:d-hash").hexdigest()[:8]
        self.event(account, entity_id="entity", link_id="link")
        at, link = ("--environment", "d"), ("--link-id", "link")
        self.tell("a list", 0, "payloads", *at, *link)
        self.tell("the other flow", 1, "payloads", "--environment", "s", *link)
        self.tell("a dry run", 0, "recover", *at, *link, "--dry-run")
        self.tell("no endpoint", 3, "recover", *at, *link, "--receipts", "receipts")
        self.tell("no receiver", 3, "recover", *at, *link, "--to", f"{self.base_url}/nowhere")
        self.tell("one that failed", 3, "progress", *at, "--entity-id", "entity")
        self.tell("an unknown entity", 1, "progress", *at, "--entity-id", "another")
        self.tell("an unknown name", 1, "recover", "--environment", "zzz", *link)
        self.tell("no configuration", 1, "progress", *at, "--entity-id", "e", "-c", "missing.yaml")


class TriggerRuns(Runs):
    """Real runs of trigger, and the webhooks that they led to."""

    def __init__(self, binary, folder, base_url):
        super().__init__(binary, folder, base_url)
        self.printed["trigger"] = []
        self.printed["payload"] = []

    def call(self, method, page, value=None):
        data = None if value is None else json.dumps(value).encode()
        headers = {"content-type": "application/json", "x-api-key": "key", "server-hash": "hash"}
        request = urllib.request.Request(self.base_url + page, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def trigger(self, situation, status, *words):
        run = subprocess.run(
            [self.binary, "trigger", *words, "--format", "json", "--emulator", self.base_url],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env=self.variables)
        if run.returncode != status:
            self.problems.append(f"trigger, {situation}: exit {run.returncode}: {run.stderr}")
            return
        self.printed["trigger"].append((f"trigger, {situation}", json.loads(run.stdout)))

    def register(self, flow, mode):
        # Nobody answers there: what was sent is listed all the same.
        self.call("POST", f"/bank-connect/v1/{flow}/update_webhook/",
                  {"webhook_url": "http://127.0.0.1:1/hook", "webhook_mode": mode})

    def run_all(self):
        self.trigger("no account", 1, "completed", "--mode", "manual")
        self.register("entity", 0)
        account = self.call("GET", "/_emulator/registrations")[0]["account"]
        self.trigger("not due", 0, "completed", "--mode", "manual")
        self.register("entity", 1)
        for progress in ("completed", "failed"):
            for mode in ("manual", "net-banking"):
                self.trigger(f"{progress}, {mode}", 0, progress, "--mode", mode)
        self.register("session_data", 3)
        for progress in ("completed", "failed"):
            self.call("POST", "/_emulator/events", {
                "account": account, "flow": "session", "progress": progress, "mode": "manual"})
        bodies = [each["body"] for each in self.call("GET", "/_emulator/deliveries")]
        if len(bodies) != 6:
            self.problems.append(f"trigger: {len(bodies)} webhooks of 6")
        self.printed["payload"] = [(f"the emulator, {body}", body) for body in bodies]


@contextlib.contextmanager
def emulator(binary, folder):
    """An emulator on a port of its own; gives its base URL."""
    ready = folder / "ready"
    ready.unlink(missing_ok=True)
    process = subprocess.Popen(
        [os.path.abspath(binary), "emulate", "--any-account", "--port", "0", "--quiet",
         "--ready-file", str(ready)])
    try:
        end = time.monotonic() + 60
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the emulator does not start")
            time.sleep(0.02)
        yield ready.read_text().strip()
    finally:
        process.terminate()
        process.wait()


def checkers(binary):
    """The checkers, and what went wrong in the runs that they need."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "work").mkdir()
        with emulator(binary, root) as base_url:
            runs = Runs(binary, root / "work", base_url)
            runs.run_all()
            (root / "history").mkdir()
            histories = HistoryRuns(binary, root / "history", base_url)
            histories.run_all()
            (root / "push").mkdir()
            pushes = PushRuns(binary, root / "push", base_url)
            pushes.run_all()
            (root / "probe").mkdir()
            probes = ProbeRuns(binary, root / "probe", base_url)
            probes.run_all()
            (root / "doctor").mkdir()
            doctors = DoctorRuns(binary, root / "doctor", base_url)
            doctors.run_all()
            (root / "delivery").mkdir()
            deliveries = DeliveryRuns(binary, root / "delivery", base_url)
            deliveries.run_all()
        # The others registered accounts of their own.
        with emulator(binary, root) as base_url:
            triggers = TriggerRuns(binary, root, base_url)
            triggers.run_all()
    return [
        StateChecker("state", binary),
        ReportChecker("plan", binary, runs.printed["plan"] + pushes.printed["plan"]),
        ReportChecker("apply", binary, runs.printed["apply"] + pushes.printed["apply"]),
        ReportChecker("push", binary, pushes.printed["push"]),
        ReportChecker("history", binary, histories.printed["history"]),
        ReportChecker("probe", binary, probes.printed["probe"]),
        ReportChecker("doctor", binary, doctors.printed["doctor"]),
        *(ReportChecker(name, binary, deliveries.printed[name])
          for name in ("payloads", "recover", "progress")),
        ReportChecker("trigger", binary, triggers.printed["trigger"]),
        PayloadChecker("payload", binary, triggers.printed["payload"]),
    ], [problem for each in (
        runs, histories, pushes, probes, doctors, deliveries, triggers)
        for problem in each.problems]
