"""Is it a valid bill of materials of this binary, with all that is in it?

    check_sbom.py SBOM BINARY RESOLVED PINS

RESOLVED is the Package.resolved of the build; PINS the one that releases are built with, which has to name
the same packages.
"""

import hashlib
import json
import pathlib
import sys

from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

sbom, binary, resolved, pins = sys.argv[1:]


def identities(path):
    return {pin["identity"] for pin in json.loads(pathlib.Path(path).read_text())["pins"]}


document = parse_file(sbom)
problems = [message.validation_message for message in validate_full_spdx_document(document)]
packages = {package.name: package for package in document.packages}
for pin in json.loads(pathlib.Path(resolved).read_text())["pins"]:
    package = packages.get(pin["identity"])
    if package is None or package.version != pin["state"]["version"]:
        problems.append("no package %(identity)s in the version that is resolved" % pin)
for name in ("libyaml", "zlib", "libstdc++", "swift-runtime", "boringssl-in-swift-nio-ssl"):
    if name not in packages or packages[name].version in (None, "unknown"):
        problems.append("no package %s with its version" % name)
digest = hashlib.sha256(pathlib.Path(binary).read_bytes()).hexdigest()
if [checksum.value for checksum in packages["bankhook"].checksums] != [digest]:
    problems.append("the checksum is not the binary's")
known = {package.spdx_id for package in document.packages}
reached, waiting = set(), ["SPDXRef-Package-bankhook"]
while waiting:
    found = waiting.pop()
    if found not in reached:
        reached.add(found)
        waiting += [
            str(relationship.related_spdx_element_id) for relationship in document.relationships
            if relationship.spdx_element_id == found]
problems += ["bankhook does not lead to " + name for name in sorted(known - reached)]
for name in sorted(identities(resolved) ^ identities(pins)):
    problems.append("%s is in one of %s and %s only: resolve, and copy it" % (name, resolved, pins))
for problem in problems:
    print("bill of materials: " + problem, file=sys.stderr)
sys.exit(1 if problems else 0)
