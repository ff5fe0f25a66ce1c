"""What a record's bytes say, read without bankhook: a mistake of its reader must not hide here."""

import hashlib
import json


class Torn(Exception):
    """A state file is neither entirely the old version nor entirely the new one."""


def canonical(content):
    return json.dumps(content, sort_keys=True, indent=2).encode() + b"\n"


def parse(name, data):
    """The content of a record in its own bytes, with its own checksum, for its own environment."""
    try:
        content = json.loads(data)
    except ValueError as error:
        raise Torn(f"{name}.json is no JSON: {error}") from error
    if canonical(content) != data:
        raise Torn(f"{name}.json is not in the bytes that jq -S prints")
    rest = {key: value for key, value in content.items() if key != "checksum"}
    if content.get("checksum") != "sha256:" + hashlib.sha256(canonical(rest)).hexdigest():
        raise Torn(f"{name}.json does not have the checksum that it claims")
    if content["environment"] != name:
        raise Torn(f"{name}.json is of {content['environment']}")
    return content


def settled_checksum(content):
    """The checksum of the last settled version that a record's content knows; None before the
    first."""
    if content is None:
        return None
    return content["pending"]["settled"] if content["pending"] else content["checksum"]


def classify(wanted, before, now):
    """`old`, `pending` or `settled`, for a record's bytes (None: no file) after an apply that began
    with `before` and ended somewhere. Raises Torn for everything else.

    `wanted` has the name, and the url and mode that the apply was to register."""
    if now == before:
        return "old"
    if now is None:
        raise Torn(f"{wanted.name}.json is gone")
    content = parse(wanted.name, now)
    old = parse(wanted.name, before) if before is not None else None
    same = {"lineage": old["lineage"]} if old else {}
    if content["pending"]:
        part, kind = content["pending"], "pending"
        same |= {key: old[key] if old else None for key in ("applied", "previous")}
        same |= {"serial": old["serial"] if old else 0}
        if part["settled"] != settled_checksum(old):
            raise Torn(f"{wanted.name}.json: its intent stands on another version")
    else:
        part, kind = content["applied"], "settled"
        same |= {"previous": settled_checksum(old), "serial": old["serial"] + 1 if old else 1}
    for key, value in same.items():
        if content[key] != value:
            raise Torn(f"{wanted.name}.json: {key} is {content[key]!r}, not {value!r}")
    if (part["webhook_url"], part["webhook_mode"]) != (wanted.url, wanted.mode):
        raise Torn(f"{wanted.name}.json: {kind} with another registration")
    return kind
