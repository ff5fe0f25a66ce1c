"""What GitLab and its runner make of a .gitlab-ci.yml."""

import shlex
import subprocess

import yaml

from jobs import Run, stop_container, stop_group
from scene import check

# What the runner's shell writer puts around a job's lines.
WRAPPER = """trap 'exit 1' TERM
set -o pipefail; set -o errexit
set +o noclobber
(trap 'exit 1' TERM; eval {lines}) < /dev/null
exit 0"""


class GitLab:
    """The shell executor. before_script and script are one shell, after_script is another."""

    name = "gitlab"
    # The runner's own shell ends so.
    interrupted = (1,)
    has_plan = True
    has_look = True
    stop = staticmethod(stop_group)

    def __init__(self, examples):
        self.pipeline = yaml.safe_load((examples / "gitlab/.gitlab-ci.yml").read_text())
        plan, apply = self.pipeline["plan"], self.pipeline["apply"]
        check("environment" not in plan, "a merge request gets an environment")
        check(apply["environment"] and apply["resource_group"], "an apply has no guard")
        check(apply["interruptible"] is False, "an apply is cut off")
        check(plan["tags"] != apply["tags"], "a merge request runs where the secrets are")

    def steps(self):
        for name in ("plan", "apply", "drift"):
            job = self.pipeline[name]
            yield f"{name}: script", "bash", "\n".join(self.lines(job))
            if "after_script" in job:
                yield f"{name}: after_script", "bash", "\n".join(job["after_script"])

    def lines(self, job):
        return job.get("before_script", []) + job["script"]

    def plan(self, scene):
        return self.job(scene, "plan")

    def apply(self, scene, cancel=None):
        return self.job(scene, "apply", cancel)

    def drift(self, scene):
        return self.job(scene, "drift")

    def job(self, scene, name, cancel=None):
        job = self.pipeline[name]
        unknown = set(job) - {
            "stage", "rules", "tags", "script", "before_script", "after_script", "artifacts",
            "environment", "resource_group", "interruptible", "timeout", "variables"}
        check(not unknown, f"{name} has {unknown}")
        run = Run(scene, scene.clone())
        variables = scene.variables(
            CI_DEFAULT_BRANCH="main", CI_SERVER_HOST="gitlab.example",
            CI_PROJECT_PATH="lender/hooks", CI_PROJECT_DIR=str(run.folder),
            **self.pipeline["variables"], **job.get("variables", {}))
        if name != "plan":
            variables |= scene.secrets | {"BANKHOOK_PUSH_TOKEN": "push-token-canary"}
        run.step(["bash", run.script(self.wrapped(self.lines(job)))], variables, cancel, self.stop)
        if "after_script" in job:
            check(variables["AFTER_SCRIPT_IGNORE_ERRORS"] == "false", "a lost outcome is no failure")
            run.step(["bash", run.script(self.wrapped(job["after_script"]))], variables)
        left = subprocess.run(["grep", "-rl", "push-token-canary", str(run.folder)],
                              capture_output=True, text=True, check=False).stdout
        check(not left, f"the token is left in {left}")
        return run

    def reviewed(self, scene, run):
        """What a reviewer is shown: the artifact, also of a job that failed."""
        check(self.pipeline["plan"]["artifacts"]["when"] == "always", "a mistake is not shown")
        file = run.folder / "plan.md"
        return file.read_text() if file.exists() else ""

    def wrapped(self, lines):
        return WRAPPER.format(lines=shlex.quote("\n".join(lines)))


class GitLabContainer(GitLab):
    """The docker and kubernetes executors: a cancellation signals every process, git's too."""

    name = "gitlab, container"
    interrupted = (1, 143)
    stop = staticmethod(stop_container)
