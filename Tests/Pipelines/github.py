"""What GitHub Actions makes of a workflow file."""

import json
import re

import yaml

from jobs import Run, stop_as_github
from scene import check

CHECKOUT = re.compile(r"actions/checkout@[0-9a-f]{40}")
MARK = "<!-- bankhook-plan:bankhook -->\n"
OURS = "github.event.pull_request.head.repo.full_name == github.repository"
URL = "https://github.example/lender/hooks"


class GitHub:
    name = "github"
    interrupted = (130,)
    has_plan = True
    has_look = True

    def __init__(self, examples):
        self.workflow = yaml.safe_load(self.text(examples))
        jobs = self.workflow["jobs"]
        check(jobs["apply"]["concurrency"]["cancel-in-progress"] is False, "an apply is cut off")
        check(jobs["apply"]["environment"], "no environment")
        self.look_through(jobs)

    def text(self, examples):
        return (examples / "github/bankhook.yml").read_text()

    def look_through(self, jobs):
        check(self.workflow["permissions"] == {}, "a job has rights that it does not name")
        check("environment" not in jobs["plan"], "a pull request gets an environment")
        check(jobs["drift"]["environment"], "no environment")
        together = jobs["plan"]["concurrency"]
        check(together["cancel-in-progress"] and "pull_request.number" in together["group"],
              "two plans of a pull request write one comment")
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
                check(name == "plan" or step["with"].get("ref") == "main", "not the tip is used")
                for command in ("fetch --quiet origin main", "checkout --quiet FETCH_HEAD"):
                    if "ref" in step["with"] and run.status == 0:
                        run.step(["git", *command.split()], scene.variables())
                continue
            if (run.status or run.settled) and not self.goes_on(step, run):
                continue
            variables = scene.variables(**self.workflow["env"])
            for key, value in step.get("env", {}).items():
                variables[key] = self.value(scene, name, value)
            run.step(["bash", "-e", run.script(step["run"])], variables,
                     None if run.settled else cancel, stop_as_github)
        return run

    def goes_on(self, step, run):
        """Whether a step runs after a failure or a cancellation. The pull request is no fork's."""
        condition = step.get("if", "")
        condition = condition.removeprefix("${{ ").removesuffix(" }}")
        both = condition.split(" && ")
        check(set(both) <= {"", "always()", "!cancelled()", OURS},
              f"the condition {condition} is not known")
        return "always()" in both or ("!cancelled()" in both and not run.settled)

    def reviewed(self, scene, run):
        """What a reviewer is shown: the one comment that begins with the mark."""
        bodies = [each["body"] for each in json.loads(scene.comments.read_text())
                  if each["body"].startswith(MARK)]
        check(len(bodies) == 1, f"{len(bodies)} comments")
        commit = scene.git(scene.work, "rev-parse", "HEAD").strip()
        check(commit in bodies[0], f"not of this commit: {bodies[0]}")
        return bodies[0]

    def sign_in(self, scene, folder):
        """Leaves the job's token as checkout 7 does: in a file that .git/config includes."""
        file = scene.folder / f"{folder.name}.credentials"
        file.write_text(f'[url "file://{scene.remote}"]\n\tinsteadOf = {URL}\n')
        scene.git(folder, "config", f"includeIf.gitdir:{folder}/.git.path", str(file))

    def value(self, scene, job, text):
        text = text.replace("${{ github.repository }}", "lender/hooks")
        text = text.replace("${{ github.event.pull_request.number }}", "7")
        if "${{" not in text:
            return text
        found = re.fullmatch(r"\$\{\{ secrets\.(\w+) \}\}", text)
        if found:
            check(job != "plan", "a pull request gets a secret")
            return scene.secrets[found[1]]
        return {"${{ github.token }}": "token",
                # A push has none.
                "${{ inputs.allow }}": "",
                "${{ github.event.pull_request.head.sha }}":
                    scene.git(scene.work, "rev-parse", "HEAD").strip()}[text]


class GitHubShort(GitHub):
    """The workflow that the README shows. It has no plan and no look of its own."""

    name = "github, README"
    has_plan = False
    has_look = False

    def text(self, examples):
        [block] = re.findall(r"^```yaml\n(name: bankhook\n.*?)^```$",
                             (examples.parent.parent / "README.md").read_text(), re.S | re.M)
        return block

    def look_through(self, jobs):
        check(set(jobs) == {"apply"}, f"the README has the jobs {set(jobs)}")

    def drift(self, scene):
        run = Run(scene, scene.clone(URL))
        self.sign_in(scene, run.folder)
        run.step(["bankhook", "plan", "--detailed-exitcode"],
                 scene.variables(**self.workflow["env"], **scene.secrets))
        return run
