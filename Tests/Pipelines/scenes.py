"""The scenes that every pipeline goes through, one after the other on one repository."""

import json
import threading

from scene import SECRETS, UPDATE, Problem, check, wait_until

FIRST = "https://uat.lender.example/bankconnect"
HOSTILE = {
    "keys to another host":
        ("base_url: http://127.0.0.1", "base_url: https://apis.thief.example #", "api_hosts"),
    "webhooks to another host":
        ("https://uat.lender.example/", "https://uat.thief.example/", "webhook_hosts"),
    "another variable as a key":
        ('{ env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }', "{ env: GITHUB_TOKEN }", "policy.env"),
    "a file as a key":
        ('{ env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }', "{ file: /etc/hostname }", "policy.files"),
    "a policy of its own":
        ("version: 1\n", "version: 1\npolicy: { max_changes: 100 }\n", "policy file"),
}


def scenes(system, scene):
    """Yields the name of each scene before it, and what came of it after."""
    for title, play in SCENES:
        if title.startswith("plan") and not system.has_plan:
            continue
        if title.startswith("a nightly look") and not system.has_look:
            continue
        if title.startswith("cancelled") and not system.interrupted:
            continue
        yield title, None
        yield title, play(system, scene)


def url(scene, name):
    """Changes uat's URL, so that something is due."""
    scene.edit(scene.record("uat")["applied"]["webhook_url"],
               f"https://uat.lender.example/{name}")
    return f"https://uat.lender.example/{name}"


def check_recorded(scene, wanted):
    record = scene.record("uat")
    check(record["pending"] is None, "an intent is left")
    check(record["applied"]["webhook_url"] == wanted, f"recorded is {record['applied']}")


def apply_again(system, scene, wanted):
    """The next run puts everything in order."""
    run = system.apply(scene)
    check(run.status == 0, f"the next apply: exit {run.status}: {run.output}")
    check_recorded(scene, wanted)
    check(system.drift(scene).status == 0, "something is due after the next apply")


def plan(system, scene):
    run = system.plan(scene)
    check(run.status == 0, f"exit {run.status}: {run.output}")
    check("2 to register" in (run.folder / "plan.md").read_text(), "plan.md tells no plan")
    check(scene.sent() == 0, "a plan sent something")
    return "exit 0, nothing sent"


def plan_again(system, scene):
    """What is shown of a change request is of its last commit, also where there is no plan of that."""
    ours = json.loads(scene.comments.read_text())
    # Another workflow's and a person's, after ours.
    others = [{"id": 98, "user": {"login": "github-actions[bot]"}, "body": "Coverage: 98 %"},
              {"id": 99, "user": {"login": "n"}, "body": "<!-- bankhook-plan:bankhook -->? What is it?"}]
    scene.comments.write_text(json.dumps(ours + others))
    check("2 to register" in system.reviewed(scene, system.plan(scene)), "no plan is shown")
    kept = (scene.work / "bankhook/bankhook.yaml").read_text()
    scene.edit("https://uat.lender.example/", "https://uat.thief.example/")
    run = system.plan(scene)
    shown = system.reviewed(scene, run)
    check(run.status == 1 and "uat.thief.example" in shown and "to register" not in shown,
          f"exit {run.status}, shown is {shown}")
    # A plan that somebody wrote, and a bankhook that writes none.
    (scene.work / "plan.md").write_text("<!-- bankhook-plan:bankhook -->\n### Plan: nothing to send.\n")
    scene.configure(kept)
    scene.push("a plan of its own")
    with scene.without_bankhook():
        run = system.plan(scene)
    shown = system.reviewed(scene, run)
    check(run.status != 0 and "nothing to send" not in shown and "to register" not in shown,
          f"exit {run.status}, shown is {shown}")
    (scene.work / "plan.md").unlink()
    scene.push("as it was")
    check("2 to register" in system.reviewed(scene, system.plan(scene)), "no plan is shown")
    check([each for each in json.loads(scene.comments.read_text()) if each["id"] in (98, 99)]
          == others, "somebody else's comment was changed")
    scene.comments.write_text(json.dumps(ours))
    return "what is shown is of the last commit"


def hostile_plans(system, scene):
    """What a change request does about its own plan, and what it would do merged."""
    kept = (scene.work / "bankhook/bankhook.yaml").read_text()
    for what, (old, new, word) in HOSTILE.items():
        scene.edit(old, new)
        for job in ([system.plan] if system.has_plan else []) + [system.apply]:
            run = job(scene)
            check(run.status == 1, f"{what}: exit {run.status}: {run.output}")
            check(word in run.output, f"{what}: {run.output}")
        check(scene.sent() == 0, f"{what}: something was sent")
        scene.configure(kept)
        scene.push("as it was")
    return f"{len(HOSTILE)} ways, each exit 1, nothing sent"


def first_apply(system, scene):
    run = system.apply(scene)
    check(run.status == 0, f"exit {run.status}: {run.output}")
    check(scene.sent() == 2, f"{scene.sent()} requests of 2")
    check_recorded(scene, FIRST)
    return "exit 0, 2 sent, recorded"


def nothing(system, scene):
    start = scene.sent()
    run = system.apply(scene)
    check(run.status == 0 and scene.sent() == start, f"exit {run.status}: {run.output}")
    check(run.output == "" or system.name != "cron", f"cron mails every hour: {run.output}")
    run = system.drift(scene)
    check(run.status == 0, f"nightly: exit {run.status}: {run.output}")
    return "exit 0, 0 sent; nightly: nothing due"


def change(system, scene):
    wanted = url(scene, "two")
    start = scene.sent()
    run = system.drift(scene)
    check(run.status == 2 and "1 to update" in run.output,
          f"nightly: exit {run.status}: {run.output}")
    run = system.apply(scene)
    check(run.status == 0 and scene.sent() == start + 1, f"exit {run.status}: {run.output}")
    check_recorded(scene, wanted)
    return "nightly: due; exit 0, 1 sent, recorded"


def refused(system, scene):
    before = scene.record("uat")["applied"]
    wanted = url(scene, "three")
    scene.ask("faults", [{"path": UPDATE, "times": 1, "status": 400}])
    run = system.apply(scene)
    # cron's line ends as its last command does.
    check(run.status == (0 if system.name == "cron" else 3), f"exit {run.status}: {run.output}")
    check("uat" in run.output and "nothing is kept" in run.output, f"the log: {run.output}")
    check(scene.record("uat")["applied"] == before, "a refused change is recorded")
    check(scene.record("uat")["pending"] is None, "an intent is left")
    check(system.drift(scene).status == 2, "nothing is due after a failure")
    apply_again(system, scene, wanted)
    return "exit 3, recorded as not applied; next: in order"


def cancelled(system, scene):
    """In a request that is answered while bankhook settles."""
    wanted = url(scene, "four")
    start = scene.sent()
    scene.delay(1500)
    run = system.apply(
        scene, lambda: wait_until(lambda: scene.sent() > start, "no request came"))
    scene.ask("faults", [])
    check_cancelled(system, run)
    check("nothing is kept" in run.output, "the last step did not run")
    # The answer came in time: what happened is on the branch before the next run.
    check_recorded(scene, wanted)
    check(scene.sent() == start + 1, f"{scene.sent() - start} requests of one change")
    apply_again(system, scene, wanted)
    check(scene.sent() == start + 1, "the next apply sent again what was recorded")
    return f"settled in {run.settled:.1f} s, recorded as applied"


def cancelled_silent(system, scene):
    """In a request that no answer comes to."""
    wanted = url(scene, "five")
    start = scene.sent()
    scene.delay(25_000)
    run = system.apply(
        scene, lambda: wait_until(lambda: scene.sent() > start, "no request came"))
    scene.ask("faults", [])
    check_cancelled(system, run)
    record = scene.record("uat")
    check(record["pending"] is not None, "an outcome that nobody knows is not on the branch")
    check(record["pending"]["unknown_since"] is not None, "the lease is left")
    late = system.drift(scene)
    check(late.status == 2 and "unknown" in late.output,
          f"nightly: exit {late.status}: {late.output}")
    apply_again(system, scene, wanted)
    check(scene.sent() == start + 2, f"{scene.sent() - start} requests, not 2")
    return f"settled in {run.settled:.1f} s, recorded as unknown; next: sent again"


def cancelled_pushing(system, scene):
    """In the push that brings the outcome: whoever signals git too breaks it off."""
    wanted = url(scene, "six")
    start = scene.sent()
    scene.delay(700)

    def once_pushing():
        wait_until(lambda: scene.sent() > start, "no request came")
        scene.hold_next_push()
        wait_until(scene.is_push_held, "no push came")

    run = system.apply(scene, once_pushing)
    scene.ask("faults", [])
    check_cancelled(system, run)
    wait_until(lambda: scene.record("uat")["pending"] is None, "the outcome is not on the branch", 5)
    check_recorded(scene, wanted)
    apply_again(system, scene, wanted)
    check(scene.sent() == start + 1, "the next apply sent again what was recorded")
    kept = "" if "nothing is kept" in run.output else ", by state push"
    return f"settled in {run.settled:.1f} s, recorded as applied{kept}"


def check_cancelled(system, run):
    check(run.settled is not None, "the job ended before its signal")
    check(run.status in system.interrupted, f"exit {run.status}: {run.output}")
    check("interrupted" in run.output, f"the signal did not reach bankhook: {run.output}")


def two_at_once(system, scene):
    """Two runs that the system's own guard let through: two machines, or two systems."""
    wanted = url(scene, "seven")
    start, ends = scene.sent(), []
    scene.delay(1500)

    def one():
        try:
            run = system.apply(scene)
            ends.append((run.status, run.output))
        except (Problem, OSError, KeyError) as problem:
            ends.append((None, str(problem)))

    both = [threading.Thread(target=one) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    scene.ask("faults", [])
    check([status for status, _ in ends] == [0, 0], f"{ends}")
    check(scene.sent() == start + 1, f"{scene.sent() - start} requests of one change")
    check_recorded(scene, wanted)
    return "exits 0 and 0, 1 sent: the second waited"


def blind(system, scene):
    """A look that lacks a value cannot tell whether a key was rotated: it is no look."""
    for name in SECRETS:
        with scene.with_secrets(**{name: ""}):
            run = system.drift(scene)
        check(run.status != 0 and name in run.output,
              f"without {name}: exit {run.status}: {run.output}")
    with scene.with_secrets(**dict.fromkeys(SECRETS, "")):
        run = system.drift(scene)
    check(run.status != 0 and all(name in run.output for name in SECRETS),
          f"without any value: exit {run.status}: {run.output}")
    with scene.with_secrets(BANKCONNECT_UAT_API_KEY="uat-key-rotated"):
        run = system.drift(scene)
    check(run.status == 2 and "account changed" in run.output,
          f"a rotated key: exit {run.status}: {run.output}")
    check(system.drift(scene).status == 0, "something is due with the right ones")
    return "a failure that names what is missing"


def old_run(system, scene):
    """An old run is started again: it begins with its own commit, an older configuration."""
    old = scene.git(scene.work, "rev-parse", "HEAD").strip()
    wanted = url(scene, "eight")
    apply_again(system, scene, wanted)
    start = scene.sent()
    with scene.begun_at(old):
        with scene.without_fetch():
            run = system.apply(scene)
            check(run.status != 0, f"main cannot be fetched, and exit 0: {run.output}")
            check(scene.sent() == start, "an older configuration was sent")
        run = system.apply(scene)
        check(run.status == 0 and scene.sent() == start, f"exit {run.status}: {run.output}")
    check_recorded(scene, wanted)
    return "nothing sent: main's tip, or a failure"


SCENES = [
    ("plan of a change request, without secrets", plan),
    ("a change that sends keys elsewhere", hostile_plans),
    ("plan of the next commits", plan_again),
    ("first apply", first_apply),
    ("nothing to do", nothing),
    ("a change", change),
    ("an apply that is refused", refused),
    ("cancelled in a request", cancelled),
    ("cancelled in a request without an answer", cancelled_silent),
    ("cancelled in a push", cancelled_pushing),
    ("two at once", two_at_once),
    ("a nightly look without a key", blind),
    ("an old run that is started again", old_run),
]
