#!/usr/bin/env python3
"""Prints the licences and notices of all that becomes part of the binary.

    packaging/notices.py CHECKOUTS NAME=FILE …

CHECKOUTS holds the resolved packages; each FILE is the licence of a library of the system or of the
toolchain. Texts that several packages share are printed once.
"""

import pathlib
import sys


def texts(checkouts, libraries):
    for folder in sorted(path for path in checkouts.iterdir() if path.is_dir()):
        files = list(folder.glob("LICENSE*")) + list(folder.glob("NOTICE*"))
        for path in sorted(files + list(folder.glob("Sources/*/LICENSE*"))):
            yield folder.name + "/" + str(path.relative_to(folder)), path
    for library in libraries:
        name, path = library.split("=", 1)
        if pathlib.Path(path).is_file():
            yield name, pathlib.Path(path)


def main():
    holders = {}
    for name, path in texts(pathlib.Path(sys.argv[1]), sys.argv[2:]):
        holders.setdefault(path.read_text(errors="replace").strip(), []).append(name)
    print("bankhook is made of these works beside its own. Their licences and notices:")
    for text, names in holders.items():
        print("\n" + "=" * 80)
        print("\n".join(names))
        print("=" * 80 + "\n\n" + text)


if __name__ == "__main__":
    main()
