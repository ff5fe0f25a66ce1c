"""Small bugs in the pipelines, each with the scene that must notice it."""

import concurrent.futures
import pathlib
import shutil
import tempfile

from github import GitHub, GitHubShort
from gitlab import GitLab
from jenkins import Jenkins
from scene import Problem, check
from units import Cron, Systemd

BUGS = [
    ("GitHub: no exec", GitHub, "github/bankhook.yml",
     "exec bankhook apply", "bankhook apply", "cancelled in a request"),
    ("GitHub: no push after a failure", GitHub, "github/bankhook.yml",
     "        if: always()\n", "", "an apply that is refused"),
    ("GitHub: the pull request's token of an environment", GitHub, "github/bankhook.yml",
     "    permissions: { contents: read, pull",
     "    environment: bankhook\n    permissions: { contents: read, pull", "its beginning"),
    ("GitHub: two plans of a pull request at once", GitHub, "github/bankhook.yml",
     "cancel-in-progress: true", "cancel-in-progress: false", "its beginning"),
    ("GitHub: no comment after a failure", GitHub, "github/bankhook.yml",
     "!cancelled() && ", "", "plan of the next commits"),
    ("GitHub: the last comment, whosever", GitHub, "github/bankhook.yml",
     '            | select(.body | startswith("<!-- bankhook-plan:bankhook -->")) | .id\'',
     "            | .id'", "plan of the next commits"),
    ("GitHub: a comment that names no commit", GitHub, "github/bankhook.yml",
     "Of commit %s", "Of commit %.0s", "plan of the next commits"),
    ("GitLab: a plan that somebody wrote", GitLab, "gitlab/.gitlab-ci.yml",
     "    - rm -f plan.md\n", "", "plan of the next commits"),
    ("Jenkins: the plan of an earlier build", Jenkins, "jenkins/Jenkinsfile.plan",
     "                        rm -f plan.md\n", "", "plan of the next commits"),
    ("GitHub: an action that can be moved", GitHub, "github/bankhook.yml",
     "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "plan of a change request"),
    ("GitHub: no policy", GitHub, "github/bankhook.yml",
     "  BANKHOOK_POLICY: bankhook/policy.yaml\n", "", "a change that sends keys elsewhere"),
    ("GitHub: a shallow clone", GitHub, "github/bankhook.yml",
     "ref: main, fetch-depth: 0", "ref: main, fetch-depth: 1", "a change that sends"),
    ("README: no push after a failure", GitHubShort, "../../README.md",
     "        if: always()  ", "        #", "an apply that is refused"),
    ("README: not the tip", GitHubShort, "../../README.md",
     "ref: main, ", "", "a change that sends"),
    ("GitLab: no push after a failure", GitLab, "gitlab/.gitlab-ci.yml",
     "    - bankhook state push || status=$?\n", "", "an apply that is refused"),
    ("GitLab: the token left after a failed push", GitLab, "gitlab/.gitlab-ci.yml",
     "state push || status=$?", "state push", "a change that sends keys elsewhere"),
    ("GitLab: a fetch that may fail", GitLab, "gitlab/.gitlab-ci.yml",
     "$CI_DEFAULT_BRANCH\"\n    - git checkout", "$CI_DEFAULT_BRANCH\" && git checkout",
     "an old run that is started again"),
    ("Jenkins: no push after a failure", Jenkins, "jenkins/Jenkinsfile",
     "exec bankhook state push", "true", "an apply that is refused"),
    ("Jenkins: a path with a blank", Jenkins, "jenkins/Jenkinsfile",
     "-i '$DEPLOY_KEY'", "-i $DEPLOY_KEY", "a change that sends keys elsewhere"),
    ("Jenkins: builds at the same time", Jenkins, "jenkins/Jenkinsfile",
     "        disableConcurrentBuilds()", "        timestamps()", "its beginning"),
    ("systemd: no push after a failure", Systemd, "cron/bankhook-apply.service",
     "ExecStopPost=bankhook state push", "ExecStopPost=true", "an apply that is refused"),
    ("systemd: git is signalled too", Systemd, "cron/bankhook-apply.service",
     "KillMode=mixed", "KillMode=control-group", "its beginning"),
    ("cron: its own PATH", Cron, "cron/crontab",
     "PATH=/usr/local/bin:/usr/bin:/bin\n", "", "a change that sends keys elsewhere"),
    ("cron: a percent sign", Cron, "cron/crontab",
     "printf '\\%s\\n'", "printf '%s\\n'", "its beginning"),
    ("GitHub: a look without keys", GitHub, "github/bankhook.yml",
     "            exit 1\n", "            exit 0\n", "a nightly look without a key"),
    ("GitLab: a look without keys", GitLab, "gitlab/.gitlab-ci.yml",
     "if grep -q account_not_compared plan.json", "if false", "a nightly look without a key"),
    ("Jenkins: a look without keys", Jenkins, "jenkins/Jenkinsfile",
     "                            exit 1\n", "", "a nightly look without a key"),
    ("systemd: a look without keys", Systemd, "cron/bankhook-look.service",
     "; exit 1; fi", "; fi", "a nightly look without a key"),
    ("cron: a look without keys", Cron, "cron/crontab",
     "; bankhook doctor | grep '^error *credentials'", "", "a nightly look without a key"),
    ("systemd: a fetch that hangs", Systemd, "cron/bankhook-apply.service",
     "TimeoutStartSec=15min\n", "", "its beginning"),
    ("systemd: a failure that nobody hears of", Systemd, "cron/bankhook-look.service",
     "OnFailure=bankhook-failed@%n.service\n", "", "its beginning"),
    ("Jenkins: a start that the timer swallows", Jenkins, "jenkins/Jenkinsfile",
     "                    triggeredBy 'UserIdCause'\n", "", "its beginning"),
]


def caught(bankhook, examples, play, words):
    """Whether every bug was noticed where it must be; with words, those whose title holds one."""
    missed = 0
    chosen = [bug for bug in BUGS if not words or any(word in bug[0] for word in words)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=3) as pool:
        for bug, at in zip(chosen, pool.map(
                lambda bug: noticed(bankhook, examples, play, bug), chosen)):
            title, scene = bug[0], bug[-1]
            if at.startswith(scene):
                print(f"caught  {title}: {at}", flush=True)
            else:
                missed += 1
                print(f"MISSED  {title}: noticed by {at}, not by {scene}", flush=True)
    print(f"{len(chosen)} bugs, {len(chosen) - missed} caught")
    return missed == 0


def noticed(bankhook, examples, play, bug):
    """The scene that fails, and how."""
    title, system, path, old, new, _ = bug
    with tempfile.TemporaryDirectory(prefix="bankhook-pipelines-") as folder:
        copy = pathlib.Path(folder) / "examples/pipelines"
        shutil.copytree(examples, copy)
        shutil.copy(examples.parent.parent / "README.md", folder)
        text = (copy / path).read_text()
        check(old in text, f"{title}: the bug does not apply")
        (copy / path).write_text(text.replace(old, new))
        table = []
        try:
            passed = play(system(copy), bankhook, copy, table)
        except Problem as problem:
            return f"its beginning: {problem}"
        if passed:
            return "no scene"
        return f"{table[-1][1]}: {table[-1][2]}".replace("\n", " ")[:160]
