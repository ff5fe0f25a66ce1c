"""What GitHub Actions makes of a workflow file."""

import re

import yaml

from jobs import Run, stop_as_github
from scene import check

CHECKOUT = re.compile(r"actions/checkout@[0-9a-f]{40}")
URL = "https://github.example/lender/hooks"


class GitHub:
    name = "github"
    interrupted = (130,)
    has_plan = True

    def __init__(self, examples):
        self.workflow = yaml.safe_load((examples / "github/bankhook.yml").read_text())
        check(self.workflow["permissions"] == {}, "a job has rights that it does not name")
        jobs = self.workflow["jobs"]
        check("environment" not in jobs["plan"], "a pull request gets an environment")
        check(jobs["apply"]["environment"] and jobs["drift"]["environment"], "no environment")
        check(jobs["apply"]["concurrency"]["cancel-in-progress"] is False, "an apply is cut off")
        check(jobs["plan"]["runs-on"] != jobs["apply"]["runs-on"],
              "a pull request runs where the secrets are")

    def steps(self):
        """Every script, with the shell that reads it."""
        for name, job in self.workflow["jobs"].items():
            for step in job["steps"]:
                if "run" in step:
                    yield f"{name}: {step['name']}", "bash", step["run"]

    def plan(self, scene):
        return self.job(scene, "plan")

    def apply(self, scene, cancel=None):
        return self.job(scene, "apply", cancel)

    def drift(self, scene):
        return self.job(scene, "drift")

    def job(self, scene, name, cancel=None):
        description = self.workflow["jobs"][name]
        unknown = set(description) - {
            "if", "runs-on", "permissions", "environment", "concurrency", "steps",
            "timeout-minutes"}
        check(not unknown, f"{name} has {unknown}")
        run = Run(scene, scene.clone(URL))
        self.sign_in(scene, run.folder)
        for step in description["steps"]:
            if "uses" in step:
                check(CHECKOUT.fullmatch(step["uses"]), f"{step['uses']} is not pinned or not known")
                check(step["with"]["fetch-depth"] == 0, "the history is not checked out")
                check(name == "plan" or step["with"]["ref"] == "main", "not the tip is used")
                for command in ("fetch --quiet origin main", "checkout --quiet FETCH_HEAD"):
                    if "ref" in step["with"] and run.status == 0:
                        run.step(["git", *command.split()], scene.variables())
                continue
            if (run.status or run.settled) and step.get("if") != "always()":
                continue
            variables = scene.variables(**self.workflow["env"])
            for key, value in step.get("env", {}).items():
                variables[key] = self.value(scene, name, value)
            run.step(["bash", "-e", run.script(step["run"])], variables,
                     None if run.settled else cancel, stop_as_github)
        return run

    def sign_in(self, scene, folder):
        """Leaves the job's token as checkout 7 does: in a file that .git/config includes."""
        file = scene.folder / f"{folder.name}.credentials"
        file.write_text(f'[url "file://{scene.remote}"]\n\tinsteadOf = {URL}\n')
        scene.git(folder, "config", f"includeIf.gitdir:{folder}/.git.path", str(file))

    def value(self, scene, job, text):
        found = re.fullmatch(r"\$\{\{ secrets\.(\w+) \}\}", text)
        if found:
            check(job != "plan", "a pull request gets a secret")
            return scene.secrets[found[1]]
        return {"${{ github.token }}": "token",
                # A push has none.
                "${{ inputs.allow }}": "",
                "${{ github.event.pull_request.number }}": "7"}[text]
