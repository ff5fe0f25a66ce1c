"""Where a trial's records are. A store says how a configuration names it, and shows its records as
{environment: bytes}; everything else of a trial is the same for all of them.

The other store, records on the tip of a git branch, is in branch.py.
"""

import shutil


class DirectoryStore:
    """`bankhook.state` beside the configuration."""

    #: For a violation's text.
    name = "directory"
    #: Whether what bankhook starts is a part of this store.
    follows = False
    #: Lines of bankhook.yaml.
    configuration = ("state: { directory: bankhook.state }",)

    FIXED = {
        ".gitattributes": b"*.json -text -merge linguist-generated\n",
        ".gitignore": b".lock\n.*.tmp-*\n",
    }

    def prepare(self, folder):
        """Called once in a new trial folder, before it is configured."""

    def begin(self, bench, folder):
        """Called once before the first apply."""

    def copy(self, source, target):
        """Copies a trial folder with its records, so that each trial begins with the same past."""
        shutil.copytree(source, target)

    def clear(self, bench, folder):
        """Removes what stands in the way of the next run, as that says itself. Nothing does."""

    def unblock(self, folder, run):
        """Removes what a failure of an apply says stands in its way. Nothing does."""
        return False

    def release(self, bench, folder):
        """Ends what a dead apply still holds, before the next one: a lock ends with its process."""

    def locks(self, folder):
        """The ids of the locks that a dead apply still holds."""
        return set()

    def kept(self, folder):
        """The outcomes that are kept elsewhere until they can be recorded, {name: bytes}."""
        return {}

    def tip(self, folder):
        """Which version of all records stands now. Here each has its own."""

    def intended(self, bench, folder, tips, sent):
        """B: each of these versions holds the intents of all that was sent."""

    def packed(self, folder):
        """What a search of the folder's files would not see, (what, bytes)."""
        return ()

    def records(self, folder):
        """Every record as it stands, {name: bytes}."""
        state = folder / "bankhook.state"
        return {
            path.stem: path.read_bytes() for path in state.glob("*.json") if path.name[0] != "."
        }

    def replace(self, folder, files):
        """Makes the state exactly these files, {name: bytes}; None: there is no directory."""
        state = folder / "bankhook.state"
        shutil.rmtree(state, ignore_errors=True)
        if files is None:
            return
        state.mkdir()
        for name, data in files.items():
            (state / name).write_bytes(data)

    def untidy(self, folder):
        """What must not be left once an apply has ended well, as a text; None: all is well."""
        state, expected = folder / "bankhook.state", dict(self.FIXED)
        for path in state.iterdir():
            if path.name in expected and path.read_bytes() == expected.pop(path.name):
                continue
            if path.name == ".lock" and path.read_bytes() == b"":
                continue
            if path.suffix != ".json" or path.name.startswith("."):
                return f"{path.name} is left, or not what it should be"
        return f"{sorted(expected)} are missing" if expected else None
