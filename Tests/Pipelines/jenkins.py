"""What Jenkins makes of the two Jenkinsfiles: the sh steps as its durable-task plugin runs them."""

import subprocess
import time

from jenkinsfile import parse
from jobs import Run, kill_by_cookie
from scene import Problem, check, wait_until

# The plugin's launcher without its heartbeat's three seconds.
LAUNCHER = (
    "(cp '{0}/script.sh' '{0}/script.sh.copy'; "
    "{{ while [ -d '{0}' -a \\! -f '{0}/result' ]; do touch '{0}/log'; sleep 0.2; done }} & "
    "jsc={1}; JENKINS_SERVER_COOKIE=$jsc 'sh' -xe '{0}/script.sh.copy' > '{0}/log' 2>&1; "
    "echo $? > '{0}/result.tmp'; mv '{0}/result.tmp' '{0}/result'; wait) >&- 2>&- &")

# What starts a build, and the stages that it must go through then. A build that waits in the queue
# takes on the causes of those that come after it.
STARTS = {
    ("SCMTriggerCause",): ["apply"],
    ("UserIdCause",): ["apply"],
    ("ReplayCause", "UserIdCause"): ["apply"],
    ("GitHubPushCause",): ["apply"],
    ("TimerTriggerCause",): ["drift"],
    ("TimerTriggerCause", "SCMTriggerCause"): ["apply", "drift"],
    ("UserIdCause", "TimerTriggerCause"): ["apply", "drift"],
}


def holds(condition, causes):
    """A condition of `when`, for a build with these causes."""
    inner = [holds(each, causes) for each in condition.body]
    if condition.name == "not":
        return not inner[0]
    if condition.name == "anyOf":
        return any(inner)
    check(condition.name == "triggeredBy", f"the condition {condition.name} is not known")
    return any(cause.startswith(condition.arguments[0]) for cause in causes)


class Jenkins:
    name = "jenkins"
    interrupted = (143,)
    has_plan = True
    has_look = True

    def __init__(self, examples):
        self.workspace = None
        files = {name: parse((examples / "jenkins" / name).read_text())
                 for name in ("Jenkinsfile", "Jenkinsfile.plan")}
        self.agents, self.variables, self.stages = {}, {}, {}
        for file in files.values():
            pipeline = file.one("pipeline")
            unknown = {each.name for each in pipeline.body} - {
                "agent", "options", "triggers", "environment", "stages"}
            check(not unknown, f"a pipeline has {unknown}")
            for stage in pipeline.one("stages").body:
                self.stages[stage.arguments[0]] = stage
                self.agents[stage.arguments[0]] = pipeline.one("agent").one("label").arguments[0]
                self.variables[stage.arguments[0]] = {
                    each.name: each.arguments[0] for each in pipeline.one("environment").body}
        check(set(self.stages) == {"plan", "apply", "drift"}, f"stages {set(self.stages)}")
        options = files["Jenkinsfile"].one("pipeline").one("options")
        check(options.one("disableConcurrentBuilds").arguments == [], "an apply is cut off")
        check(self.agents["plan"] != self.agents["apply"],
              "a change request runs where the secrets are")
        check(not any(each.name == "string" for each in self.stages["plan"].all()),
              "a change request gets a secret")
        for causes, wanted in STARTS.items():
            begun = [name for name in ("apply", "drift")
                     if all(holds(each, causes) for each in self.stages[name].one("when").body)]
            check(begun == wanted, f"started by {causes} it goes through {begun}")

    def steps(self):
        for name, stage in self.stages.items():
            for number, step in enumerate(each for each in stage.all() if each.name == "sh"):
                yield f"{name}: sh step {number + 1}", "sh", step.arguments[0]

    def plan(self, scene):
        """The workspace of a change request lasts: a build finds what the one before it left."""
        if not self.workspace:
            self.workspace = scene.clone(scene.ssh_url)
        scene.git(self.workspace, "fetch", "--quiet", f"file://{scene.remote}", "main")
        scene.git(self.workspace, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
        return self.job(scene, "plan", folder=self.workspace)

    def reviewed(self, scene, run):
        """What a reviewer is shown: the file that is archived."""
        file = run.folder / "plan.md"
        return file.read_text() if file.exists() else ""

    def apply(self, scene, cancel=None):
        return self.job(scene, "apply", cancel)

    def drift(self, scene):
        return self.job(scene, "drift")

    def job(self, scene, name, cancel=None, folder=None):
        stage = self.stages[name]
        unknown = {each.name for each in stage.body} - {"when", "steps", "post"}
        check(not unknown, f"{name} has {unknown}")
        # An SSH remote, and a path with a blank in it as folders of jobs have.
        run = Run(scene, folder or scene.clone(scene.ssh_url))
        variables = scene.variables(
            BUILD_URL="https://jenkins.example/job/bankhook/1/", **self.variables[name])
        self.block(run, stage.one("steps").body, variables, cancel)
        for each in stage.body:
            if each.name == "post":
                self.block(run, each.one("always").body, variables, None)
        return run

    def block(self, run, steps, variables, cancel):
        for step in steps:
            if step.name == "withCredentials":
                self.block(run, step.body, variables | self.bound(run, step.arguments[0]), cancel)
            elif step.name == "sh":
                if self.shell(run, step.arguments[0], variables, cancel):
                    return
            else:
                check(step.name == "archiveArtifacts", f"the step {step.name} is not known")

    def bound(self, run, bindings):
        """The variables of withCredentials. A key is a file in a folder with a blank in its name."""
        variables = {}
        for each in bindings:
            if each.name == "string":
                variables[each.named["variable"]] = run.scene.secrets[each.named["variable"]]
                check(each.named["credentialsId"]
                      == each.named["variable"].lower().replace("_", "-"), "a wrong credential")
            else:
                check(each.name == "sshUserPrivateKey", f"the binding {each.name} is not known")
                folder = run.scene.folder / "a job@tmp"
                folder.mkdir(exist_ok=True)
                file = folder / "key"
                file.write_text("deploy-key-canary\n")
                file.chmod(0o600)
                variables[each.named["keyFileVariable"]] = str(file)
        return variables

    def shell(self, run, text, variables, cancel):
        number = time.monotonic_ns()
        control = run.scene.folder / f"durable-{number}"
        control.mkdir()
        (control / "script.sh").write_text(text)
        cookie = f"durable-{number}"
        subprocess.run(
            ["nohup", "sh", "-c", LAUNCHER.format(control, cookie)], cwd=run.folder,
            env=variables | {"JENKINS_SERVER_COOKIE": "please-do-not-kill-me"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=True)
        result = control / "result"
        if cancel and run.settled is None:
            cancel()
            start = time.monotonic()
            kill_by_cookie(cookie)
            try:
                wait_until(result.exists, "", 20 - (time.monotonic() - start))
            except Problem:
                raise Problem("Jenkins gave the step up after 20 s") from None
            run.settled = time.monotonic() - start
        wait_until(result.exists, "a step does not end", 120)
        status = int(result.read_text())
        run.say((control / "log").read_text())
        run.status = run.status or status
        return status
