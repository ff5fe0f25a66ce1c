"""The environments of a trial: what each had before, and what its configuration wants now."""

import dataclasses
import hashlib

import canary


@dataclasses.dataclass(frozen=True)
class Environment:
    """`past` is (url, mode) as it was applied before, or None; `doubted` one that was then
    intended and never sent. `token`: its URL holds a secret, which is another one than before."""

    name: str
    url: str
    mode: int
    past: tuple | None = None
    doubted: bool = False
    token: bool = False

    @property
    def changes(self):
        return self.past != (self.url, self.mode) or self.token or self.doubted


def url(name, path="hook"):
    return f"https://{name}.lender.example/{path}"


#: A first registration, a change of mode, nothing to do, one in doubt, and a rotated token.
MIXED = (
    Environment("first", url("first"), 1),
    Environment("mode", url("mode"), 1, past=(url("mode"), 0)),
    Environment("same", url("same"), 1, past=(url("same"), 1)),
    Environment("doubt", url("doubt", "new"), 1, past=(url("doubt"), 1), doubted=True),
    Environment("token", url("token", "{token}"), 0, past=(url("token", "{token}"), 0), token=True),
)
#: The very first apply of all, which makes the state directory too.
FRESH = (
    Environment("a", url("a"), 1),
    Environment("b", url("b"), 0),
    Environment("c", url("c"), 1),
)
#: Enough changes at once for a group commit with one sync for all (FileCommit.fewestToSyncAll).
WIDE = MIXED + tuple(Environment(f"n{n:02}", url(f"n{n:02}"), n % 2) for n in range(20))
FLEETS = {"mixed": MIXED, "fresh": FRESH, "wide": WIDE}


class Secrets:
    """Keys, hashes and webhook secrets of a fleet, all of them made for one bench."""

    def __init__(self, fleet):
        names = [environment.name for environment in fleet]
        self.keys = {name: canary.make() for name in names}
        self.hashes = {name: canary.make() for name in names}
        self.tokens = {when: canary.make() for when in ("past", "now")}
        named = {f"the api_key of {name}": key for name, key in self.keys.items()}
        named |= {f"the server_hash of {name}": value for name, value in self.hashes.items()}
        named |= {f"the token of {when}": value for when, value in self.tokens.items()}
        self.canary = canary.Canary(named)

    def account(self, name):
        """The emulator's name for an environment's account."""
        pair = f"{self.keys[name]}:{self.hashes[name]}"
        return "acct-" + hashlib.sha256(pair.encode()).hexdigest()[:8]

    def variables(self, when):
        """What the environment holds: keys and the token. The hashes are in files."""
        found = {f"{name.upper()}_KEY": key for name, key in self.keys.items()}
        return found | {"TOKEN": self.tokens[when]}

    def write_hashes(self, folder):
        (folder / "keys").mkdir()
        for name, value in self.hashes.items():
            (folder / "keys" / name).write_text(value + "\n")

    def sent_url(self, environment):
        return environment.url.replace("{token}", self.tokens["now"])


def configuration(fleet, base_url, state, when):
    """bankhook.yaml as it was in the past, while something was being sent (`doubted`), or now.

    The time-out is the longest there is: on a busy machine too no request is sent twice.
    """
    lines = ["version: 1", *state, "defaults:", f"  base_url: {base_url}", "  timeout: 10m"]
    lines += ["  credentials:", '    api_key: { env: "{ENVIRONMENT}_KEY" }']
    lines += ['    server_hash: { file: "keys/{environment}" }', "environments:"]
    for environment in fleet:
        target = environment.url, environment.mode
        if when == "past" or (when == "doubted" and not environment.doubted):
            target = environment.past
        if target is None:
            continue
        lines += [f"  {environment.name}:", f'    webhook_url: "{target[0]}"']
        lines += [f"    webhook_mode: {target[1]}"]
        if environment.token:
            lines += ["    webhook_secrets: { token: { env: TOKEN } }"]
    return "\n".join(lines) + "\n"
