"""Judges what many appliers did to one state branch: its history against the server's log.

Every function takes plain values and returns what is wrong as sentences; none is no fault.
"""
import hashlib
import json
import subprocess


class Version:
    """One file of the branch in one commit; no record where it was removed."""

    def __init__(self, commit, record, raw=None):
        self.commit = commit
        self.record = record
        self.raw = raw


class Sent:
    """One request in the server's order; the status is None where nobody waited for it."""

    def __init__(self, url, mode, status):
        self.url = url
        self.mode = mode
        self.status = status


def read_history(repository, branch):
    """The versions of each environment from the branch's first commit to its tip."""
    git = ["git", "-C", repository]
    log = subprocess.run(
        git + ["log", "--reverse", "--root", "-m", "--raw", "--no-abbrev", "--no-renames",
               "--format=commit %H %P", branch],
        check=True, capture_output=True, text=True).stdout
    changes, commit = [], None
    for line in log.splitlines():
        if line.startswith("commit "):
            _, commit, *parents = line.split()
            if len(parents) > 1:
                raise ValueError("commit %s has %d parents" % (commit, len(parents)))
        elif line.startswith(":"):
            fields, path = line.split("\t")
            if path.endswith(".json"):
                changes.append((commit, path.rsplit("/", 1)[-1][:-5], fields.split()[3]))
    blobs = read_blobs(git, {blob for _, _, blob in changes if set(blob) != {"0"}})
    versions = {}
    for commit, name, blob in changes:
        raw = blobs.get(blob)
        record = json.loads(raw) if raw is not None else None
        versions.setdefault(name, []).append(Version(commit, record, raw))
    return versions


def read_blobs(git, wanted):
    ids = sorted(wanted)
    output = subprocess.run(
        git + ["cat-file", "--batch"], input="".join(i + "\n" for i in ids).encode(),
        check=True, capture_output=True).stdout
    blobs, position = {}, 0
    for name in ids:
        end = output.index(b"\n", position)
        size = int(output[position:end].split()[2])
        blobs[name] = output[end + 1:end + 1 + size]
        position = end + 1 + size + 1
    return blobs


def judge(versions, claims, sent, registrations, intervals):
    """All of it. `claims` are (environment, url) that an applier called applied, `sent` are the
    server's requests and `registrations` what it holds, both by environment."""
    faults = overlaps(intervals)
    for name in sorted(set(versions) | set(sent) | set(registrations)):
        history = versions.get(name, [])
        faults += chain(name, history)
        faults += log(name, history, sent.get(name, []))
        faults += ending(name, history, registrations.get(name))
    return faults + lost(versions, claims)


def chain(name, versions):
    """Settled versions are whole, one serial apart, and each names the one before it."""
    faults, settled = [], None
    for version in versions:
        record = version.record
        where = "%s at %s" % (name, version.commit)
        if record is None:
            if settled is not None:
                faults.append("%s: the record was removed" % where)
            continue
        if version.raw is not None:
            faults += whole(where, record, version.raw)
        serial = settled["serial"] if settled else 0
        checksum = settled["checksum"] if settled else None
        pending = record["pending"]
        if pending is not None:
            if record["serial"] != serial:
                faults.append("%s: an intent at serial %d after %d" % (
                    where, record["serial"], serial))
            if pending["settled"] != checksum:
                faults.append("%s: an intent over another version" % where)
        elif record != settled:
            if record["serial"] != serial + 1:
                faults.append("%s: serial %d after %d" % (where, record["serial"], serial))
            if record["previous"] != checksum:
                faults.append("%s: it does not name the version before it" % where)
            if settled and record["lineage"] != settled["lineage"]:
                faults.append("%s: another lineage" % where)
            settled = record
    return faults


def whole(where, record, raw):
    """A record is what `jq -S .` prints, and its checksum is its own."""
    body = {key: value for key, value in record.items() if key != "checksum"}
    digest = "sha256:" + hashlib.sha256(canonical(body)).hexdigest()
    if raw == canonical(record) and record["checksum"] == digest:
        return []
    return ["%s: the record is damaged" % where]


def canonical(value):
    return (json.dumps(value, indent=2, sort_keys=True) + "\n").encode()


def registration(fields):
    return (fields["webhook_url"], fields["webhook_mode"])


def log(name, versions, sent):
    """Each request had its intent, and each outcome its request, in the same order."""
    faults, intents, position, last = [], set(), 0, None
    for version in versions:
        record = version.record
        if record is None:
            continue
        if record["pending"] is not None:
            intents.add(registration(record["pending"]))
            continue
        if record == last:
            continue
        last, wanted = record, registration(record["applied"])
        while position < len(sent):
            request = sent[position]
            position += 1
            if request.status == 200 and (request.url, request.mode) == wanted:
                break
        else:
            faults.append("%s at %s: an outcome without a request of its own" % (
                name, version.commit))
    for request in sent:
        if (request.url, request.mode) not in intents:
            faults.append("%s: a request for %s without an intent" % (name, request.url))
    return faults


def ending(name, versions, held):
    """In the end the record is settled, and says what the server holds."""
    record = versions[-1].record if versions else None
    if record is None or record["pending"] is not None:
        return ["%s: not settled in the end" % name]
    if registration(record["applied"]) != held:
        return ["%s: recorded is %s, registered is %s" % (
            name, registration(record["applied"]), held)]
    return []


def lost(versions, claims):
    """Whatever was called applied is in the branch's history."""
    recorded = {
        (name, version.record["applied"]["webhook_url"])
        for name, history in versions.items() for version in history
        if version.record and version.record["pending"] is None
    }
    return ["%s: the record of %s is lost" % claim
            for claim in sorted(set(claims) - recorded)]


def overlaps(intervals):
    """Requests of one account never overlap."""
    faults, ends = [], {}
    for account, begin, end, _ in sorted(intervals, key=lambda interval: interval[1]):
        if begin < ends.get(account, begin):
            faults.append("requests of one account overlap by %.3f s" % (ends[account] - begin))
        ends[account] = max(end, ends.get(account, end))
    return faults
