"""Writes a fleet to measure with: COUNT environments in DIRECTORY, all of them recorded as applied.

python3 fleet.py COUNT DIRECTORY [BASE-URL]
"""

import hashlib
import json
import pathlib
import sys
import uuid

HEAD = """version: 1
defaults:
  base_url: {base}
  credentials:
    api_key: {{ env: FLEET_API_KEY }}
    server_hash: {{ env: "FLEET_{{ENVIRONMENT}}_HASH" }}
environments:
"""

ENTRY = """  {name}:
    webhook_url: {url}
    webhook_mode: net_banking_and_manual
"""


def record(number, name, url, base):
    """A state file's text, as bankhook writes it."""
    content = {
        "applied": {
            "account": "hmac-sha256:6f1c02b9d3a4e581",
            "applied_at": "2026-11-23T04:12:09Z",
            "base_url": base,
            "flow": "entity",
            "origin": "applied",
            "revision": "4f2c9e1d5b6a7c8e9f0a1b2c3d4e5f6a7b8c9d0e",
            "run": "https://ci.example/runs/1042",
            "tool": "bankhook 0.1.0",
            "webhook_mode": 1,
            "webhook_url": url,
        },
        "environment": name,
        "lineage": str(uuid.UUID(int=number)),
        "pending": None,
        "previous": None,
        "schema": 1,
        "serial": 1,
    }
    text = json.dumps(content, sort_keys=True, indent=2) + "\n"
    content["checksum"] = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return json.dumps(content, sort_keys=True, indent=2) + "\n"


def main():
    count, directory = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    base = sys.argv[3] if len(sys.argv) > 3 else "https://apis.bankconnect.finbox.in"
    state = directory / "bankhook.state"
    state.mkdir(parents=True)
    with open(directory / "bankhook.yaml", "w") as configuration:
        configuration.write(HEAD.format(base=base))
        for number in range(count):
            name = f"partner-{number:06}"
            url = f"https://hooks.lender.example/bankconnect/{name}"
            configuration.write(ENTRY.format(name=name, url=url))
            (state / f"{name}.json").write_text(record(number, name, url, base))


main()
