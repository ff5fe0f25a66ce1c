"""What a disk may hold after its power was lost, from a recorded list of system calls.

The model, which is meaner than any file system in use:

- A file's data is durable once an fsync of it, or a syncfs, that began after the write ended
  has returned. Until then the file may be empty, cut in half, full of zeros, or whole.
- A directory's entries (creations, renames, removals) are durable once an fsync of the
  directory, or a syncfs, that began after the change ended has returned. An fsync of a file does
  nothing for its name.
- What is not durable may be there or not: any subset of the changes, in any order across names;
  changes that share a name keep their order, and a rename is there whole or not at all.
- A call that was running may have happened or not; an fsync that was running promises nothing.
- What is made durable stays.

`.lock` is never synced and never read as a record: its content goes through all of its forms in
turn instead of multiplying the disks.
"""

import dataclasses
import itertools
import random


@dataclasses.dataclass
class Change:
    """A call that changes the disk: `create`, `write`, `truncate`, `rename`, `unlink` or `mkdir`
    of names in the state directory, which began and ended at these places of the trace."""

    kind: str
    name: str
    began: int
    ended: int
    other: str = ""
    data: bytes = b""
    offset: int = 0


@dataclasses.dataclass
class Sync:
    """A sync of one file (its name when it was synced), of the directory (`.`), of its parent
    (`..`), or of everything (`*`)."""

    target: str
    began: int
    ended: int


class Component:
    """Entries that share names: their changes in order, of which a prefix is on the disk."""

    def __init__(self):
        self.names, self.changes = set(), []


class Disk:
    """The state directory at a moment: what is durable, and what else may be there."""

    def __init__(self, before, changes, syncs, point):
        self.before, self.point = before, point
        self.issued = [change for change in changes if change.began <= point]
        self.syncs = [sync for sync in syncs if sync.ended <= point]
        self.components = self.split()

    def is_synced(self, change, targets):
        return any(sync.target in targets and change.ended < sync.began for sync in self.syncs)

    def split(self):
        """The entries that change, by what shares a name."""
        found = []
        for change in self.issued:
            if change.kind not in ("create", "rename", "unlink"):
                continue
            names = {change.name, change.other} - {""}
            touched = [one for one in found if one.names & names]
            merged = Component()
            for one in touched:
                merged.names |= one.names
                merged.changes += one.changes
                found.remove(one)
            merged.names |= names
            merged.changes = sorted([*merged.changes, change], key=lambda one: one.began)
            found.append(merged)
        return found

    def is_there(self):
        """Whether the directory itself is sure to be there; else it may be gone with all of it."""
        made = [change for change in self.issued if change.kind == "mkdir"]
        return all(self.is_synced(change, ("..", "*")) for change in made)

    def contents(self, name):
        """What a file that was created under a name may hold: every form, the whole one last."""
        writes = [
            change
            for change in self.issued
            if change.name == name and change.kind in ("write", "truncate")
        ]
        whole, durable = b"", b""
        for change in writes:
            whole = changed(whole, change)
            if self.is_synced(change, (name, "*")):
                durable = whole
        if durable == whole:
            return [whole]
        forms = [durable, whole[: len(whole) // 2], bytes(len(whole)), whole]
        return list(dict.fromkeys(forms))

    def forms(self, component):
        """Every legal content of a component's names: a list of {name: bytes or None}, without
        those names that keep what they had."""
        durable = 0
        for index, change in enumerate(component.changes):
            if self.is_synced(change, (".", "*")):
                durable = index + 1
        found = {}
        for length in range(durable, len(component.changes) + 1):
            entries = {}  # name: the name that the file was created under, or None
            for change in component.changes[:length]:
                if change.kind == "create":
                    entries[change.name] = change.name
                elif change.kind == "unlink":
                    entries[change.name] = None
                else:
                    entries[change.other] = entries.get(change.name)
                    entries[change.name] = None
            choices = [self.contents(made) if made else [None] for made in entries.values()]
            for contents in itertools.product(*choices):
                form = dict(zip(entries, contents))
                found[tuple(sorted(form.items()))] = form
        return list(found.values())

    def of_name(self, name):
        """Every content that a name may have, None for no file. Exact: components do not depend
        on each other."""
        old = self.before.get(name) if self.before else None
        found = {None} if not self.is_there() else set()
        for component in self.components:
            if name in component.names:
                return found | {form.get(name, old) for form in self.forms(component)}
        return found | {old}

    def count(self):
        total = 1
        for component in self.components:
            total *= len(self.forms(component))
        return total

    def disks(self, most, seed):
        """Whole directories, as tuples of (name, bytes); None for no directory. All of them where
        there are no more than `most`, else that many: all lost, all kept, each one alone lost and
        kept, and the rest drawn from the seed."""
        if not self.is_there():
            yield None
        forms = [self.forms(component) for component in self.components]
        if self.count() <= most:
            chosen = itertools.product(*(range(len(form)) for form in forms))
        else:
            chosen = self.drawn([len(form) for form in forms], most, seed)
        for choice in chosen:
            files = dict(self.before or {})
            for form, index in zip(forms, choice):
                files |= form[index]
            yield tuple(sorted((name, data) for name, data in files.items() if data is not None))

    @staticmethod
    def drawn(sizes, most, seed):
        last = [size - 1 for size in sizes]
        yield [0] * len(sizes)
        yield last
        for index in range(len(sizes)):
            yield [*([0] * index), last[index], *([0] * (len(sizes) - index - 1))]
            yield [*last[:index], 0, *last[index + 1 :]]
        numbers = random.Random(seed)
        for _ in range(most - 2 - 2 * len(sizes)):
            yield [numbers.randrange(size) for size in sizes]


def changed(data, change):
    """A file's bytes after a write or a truncation."""
    if change.kind == "truncate":
        return data[: change.offset].ljust(change.offset, b"\0")
    end = change.offset + len(change.data)
    return data[: change.offset].ljust(change.offset, b"\0") + change.data + data[end:]
