"""Secrets that are easy to find again, and the search for them.

Eight consecutive bytes of one anywhere are a leak: as they are, percent-encoded, as JSON escapes,
in hex, or in base64 at any alignment.
"""

import base64
import secrets
import string

WINDOW = 8
LETTERS = string.ascii_letters + string.digits


class Leak(Exception):
    """A part of a secret stands where none may be."""


def make():
    """A secret that no other text holds eight bytes of."""
    return "".join(secrets.choice(LETTERS) for _ in range(28))


def forms(part):
    """Every way in which eight bytes may be written."""
    yield part
    pairs = [f"{byte:02x}" for byte in part]
    for escape in ("", "%", "\\u00"):
        yield "".join(escape + pair for pair in pairs).encode()
        yield "".join(escape + pair.upper() for pair in pairs).encode()
    for offset in range(3):
        # Only what these eight bytes alone decide: the characters at both ends hold others' bits.
        code = base64.b64encode(b"\0" * offset + part)
        inner = code[(offset * 8 + 5) // 6 : (offset + len(part)) * 8 // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def echoes(text):
    """A text as a server may quote it, all of it: what bankhook must know again in an answer."""
    pairs = [f"{byte:02x}" for byte in text.encode()]
    yield text
    for escape in ("", "%", "\\u00"):
        yield "".join(escape + pair for pair in pairs)
    yield "".join(pairs).upper()
    for offset in range(3):
        yield base64.b64encode(b"x" * offset + text.encode()).decode()
        yield base64.urlsafe_b64encode(b"x" * offset + text.encode()).decode().rstrip("=")


class Canary:
    """A set of secrets to search for."""

    def __init__(self, values):
        self.names, self.by_length = {}, {}
        for name, value in values.items():
            text = value.encode()
            for start in range(len(text) - WINDOW + 1):
                for form in forms(text[start : start + WINDOW]):
                    self.names[form] = name
                    self.by_length.setdefault(len(form), set()).add(form)

    def search(self, what, data):
        """Raises a Leak that says where a part of which secret stands, and never the part."""
        data = data.encode() if isinstance(data, str) else bytes(data)
        for length, parts in self.by_length.items():
            windows = (data[place : place + length] for place in range(len(data) - length + 1))
            for found in parts.intersection(windows):
                place = data.index(found)
                raise Leak(f"8 bytes of {self.names[found]} in {what}, at byte {place}")

    def search_folder(self, folder, skipping=("keys",)):
        """Every file's name and content; the files that hold the secrets themselves are skipped."""
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            if relative.parts[0] in skipping:
                continue
            self.search("the name of a file", str(relative))
            if path.is_file() and not path.is_symlink():
                self.search(str(relative), path.read_bytes())
