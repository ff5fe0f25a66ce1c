#!/usr/bin/env python3
"""Writes the bill of materials of a build, as SPDX 2.3 in JSON. The same build gives the same bytes.

    packaging/sbom.py BINARY --version V --epoch SECONDS --commit ID --link static|dynamic
        --resolved Package.resolved --graph GRAPH --checkouts FOLDER
        --toolchain VERSION --library NAME=VERSION=PURL …

GRAPH is what `swift package show-dependencies --format json` prints. The libraries are those of the
system and of the toolchain that become part of the binary, or that it loads.
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import re
import urllib.parse

# What is in these libraries, by the texts that come with them.
LICENCES = {
    "libyaml": "MIT",
    "zlib": "Zlib",
    "libstdc++": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "swift-runtime": "Apache-2.0 WITH Swift-exception",
}
BORING = re.compile(r"from BoringSSL cloned from (\S+) at revision ([0-9a-f]{40})")


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--epoch", type=int, required=True)
    parser.add_argument("--commit", required=True)
    parser.add_argument("--link", choices=("static", "dynamic"), required=True)
    parser.add_argument("--resolved", type=pathlib.Path, required=True)
    parser.add_argument("--graph", type=pathlib.Path, required=True)
    parser.add_argument("--checkouts", type=pathlib.Path, required=True)
    parser.add_argument("--toolchain", required=True)
    parser.add_argument("--library", action="append", default=[])
    return parser.parse_args()


def identifier(name):
    return "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def licence_of(folder):
    """The licence of a package, where its text is one of those that are known by name."""
    for path in sorted(folder.glob("LICENSE*")):
        text = path.read_text(errors="replace")
        if "Apache License" in text:
            exception = "Runtime Library Exception" in text
            return "Apache-2.0 WITH Swift-exception" if exception else "Apache-2.0"
    return "NOASSERTION"


def package(name, version, purl, licence, location="NOASSERTION", comment=None):
    found = {
        "SPDXID": identifier(name),
        "copyrightText": "NOASSERTION",
        "downloadLocation": location,
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceLocator": purl,
            "referenceType": "purl",
        }],
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": licence,
        "name": name,
        "versionInfo": version,
    }
    if comment:
        found["comment"] = comment
    return found


def resolved_packages(options):
    """Each resolved package, and the copy of BoringSSL that it may bring along."""
    packages, relationships = [], []
    for pin in json.loads(options.resolved.read_text())["pins"]:
        state, name = pin["state"], pin["identity"]
        location = pin["location"][:-4] if pin["location"].endswith(".git") else pin["location"]
        where = urllib.parse.urlsplit(location)
        packages.append(package(
            name, state["version"], "pkg:swift/%s%s@%s" % (where.netloc, where.path, state["version"]),
            licence_of(options.checkouts / name),
            "git+%s.git@%s" % (location, state["revision"])))
        for note in sorted((options.checkouts / name).glob("Sources/*/hash.txt")):
            match = BORING.search(note.read_text())
            if not match:
                continue
            inside = "boringssl-in-" + name
            packages.append(package(
                inside, match[2], "pkg:generic/boringssl@" + match[2], "NOASSERTION",
                "git+%s@%s" % (match[1], match[2]),
                "A copy in the sources of %s, with its symbols renamed." % name))
            relationships.append((identifier(name), "CONTAINS", identifier(inside)))
    return packages, relationships


def edges(node, seen):
    for child in node["dependencies"]:
        seen.add((node["identity"], child["identity"]))
        edges(child, seen)
    return seen


def main():
    options = arguments()
    digest = hashlib.sha256(options.binary.read_bytes()).hexdigest()
    own = package(
        "bankhook", options.version, "pkg:generic/bankhook@" + options.version, "Apache-2.0",
        comment="Built from commit %s with %s." % (options.commit, options.toolchain))
    own["checksums"] = [{"algorithm": "SHA256", "checksumValue": digest}]
    own["primaryPackagePurpose"] = "APPLICATION"
    packages, relationships = resolved_packages(options)
    relationships.append(("SPDXRef-DOCUMENT", "DESCRIBES", identifier("bankhook")))
    graph = json.loads(options.graph.read_text())
    root = graph["identity"]
    for parent, child in edges(graph, set()):
        parent = "bankhook" if parent == root else parent
        relationships.append((identifier(parent), "DEPENDS_ON", identifier(child)))
    link = "STATIC_LINK" if options.link == "static" else "DYNAMIC_LINK"
    for library in options.library:
        name, version, purl = library.split("=", 2)
        packages.append(package(name, version, purl, LICENCES.get(name, "NOASSERTION")))
        relationships.append((identifier("bankhook"), link, identifier(name)))
    created = datetime.datetime.fromtimestamp(options.epoch, datetime.timezone.utc)
    document = {
        "SPDXID": "SPDXRef-DOCUMENT",
        "creationInfo": {
            "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: bankhook-release"],
        },
        "dataLicense": "CC0-1.0",
        "documentNamespace": "https://spdx.org/spdxdocs/bankhook-%s-%s" % (options.version, digest),
        "name": "bankhook-" + options.version,
        "packages": [own] + sorted(packages, key=lambda found: found["SPDXID"]),
        "relationships": [
            {"relatedSpdxElement": to, "relationshipType": kind, "spdxElementId": source}
            for source, kind, to in sorted(set(relationships))
        ],
        "spdxVersion": "SPDX-2.3",
    }
    print(json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False))


if __name__ == "__main__":
    main()
