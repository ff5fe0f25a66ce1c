"""The vendor's own client against the emulator, or requests in its shape where it is not installed.

    python3 Tests/Clients/vendor.py EMULATOR

`finbox_bankconnect` 0.1.1 polls the transactions of an entity. It is older than `server-hash` and sends
`x-api-key` alone: that must be refused, as BankConnect refuses it. With the missing header added to its
requests it must get through.
"""

import json
import sys
import urllib.error
import urllib.request
import uuid

HEADERS = {"x-api-key": "demo-api-key", "server-hash": "demo-server-hash"}


def event(emulator, entity, progress):
    body = {"account": "demo", "progress": progress, "mode": "manual", "entity_id": entity}
    request = urllib.request.Request(
        emulator + "/_emulator/events", json.dumps(body).encode(),
        {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200


def with_package(emulator):
    """What the package makes of each state of an entity."""
    import finbox_bankconnect as fbc
    import requests
    from finbox_bankconnect.custom_exceptions import (
        EntityNotFoundError, ExtractionFailedError, ServiceTimeOutError)

    fbc.base_url, fbc.api_key, fbc.poll_timeout, fbc.poll_interval = emulator, "demo-api-key", 1, 0.2
    plain = requests.get

    def outcome(entity):
        try:
            return list(fbc.Entity.get(entity).get_transactions())
        except (EntityNotFoundError, ExtractionFailedError, ServiceTimeOutError) as error:
            return type(error).__name__

    def complete(url, headers, **more):
        return plain(url, headers={**headers, "server-hash": HEADERS["server-hash"]}, **more)

    return outcome, lambda: setattr(requests, "get", complete), "the vendor's package"


def by_hand(emulator):
    """The same requests, with what the package would conclude."""
    headers = {"x-api-key": HEADERS["x-api-key"]}

    def outcome(entity):
        request = urllib.request.Request(
            f"{emulator}/bank-connect/v1/entity/{entity}/transactions/", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                body = json.load(answer)
        except urllib.error.HTTPError as error:
            return "EntityNotFoundError" if error.code == 404 else "ServiceTimeOutError"
        for statement in body["progress"]:
            if statement["status"] == "failed":
                return "ExtractionFailedError"
            if statement["status"] == "processing":
                return "ServiceTimeOutError"
        assert body["accounts"] == [] and "fraud_type" in body["fraud"]
        return body["transactions"]

    return outcome, lambda: headers.update(HEADERS), "requests in the shape of the vendor's package"


def main():
    emulator = sys.argv[1]
    try:
        outcome, add_hash, name = with_package(emulator)
    except ImportError:
        outcome, add_hash, name = by_hand(emulator)
    entities = {state: str(uuid.uuid4()) for state in ("unknown", "processing", "failed", "completed")}
    for state, entity in entities.items():
        if state != "unknown":
            event(emulator, entity, state)
    assert outcome(entities["completed"]) == "ServiceTimeOutError", "no server-hash, and let in"
    add_hash()
    for state, wanted in [("unknown", "EntityNotFoundError"), ("processing", "ServiceTimeOutError"),
                          ("failed", "ExtractionFailedError"), ("completed", [])]:
        got = outcome(entities[state])
        assert got == wanted, f"{state}: {got}"
    print(f"  ok: {name}")


if __name__ == "__main__":
    main()
