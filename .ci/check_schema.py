"""Compares the schemas of the configuration and of the policy file with what `bankhook validate`
accepts.

Every document under Tests/Documents/configuration and Tests/Documents/policy says by its folder who
must accept it:

    valid                  both
    invalid                neither
    invalid-beyond-schema  the schema alone: the rule takes more than one field, or the text itself

Tests/Documents/directory holds folders in their place: each is a configuration directory, whose files
are judged by the schema of a part.

Each schema must also be valid itself, describe every property, and name the fields that the decoder
names; each property and each word of an enumeration has to be used by a valid document.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry, Resource

import check_outputs
from core_schema import CoreSchemaLoader

EXAMPLES = pathlib.Path("examples")
# A name that is close to no field, so that the decoder lists the ones it knows.
UNKNOWN = "zzzzzzzzzzzzzzzz"


class Checker:
    path = pathlib.Path("schema/bankhook.schema.json")
    documents = pathlib.Path("Tests/Documents/configuration")
    # What every document has to hold.
    least = {"version": 1, "environments": {}}
    documents_named = "*.yaml"
    fewest = {"valid": 25, "invalid": 40, "invalid-beyond-schema": 25}

    def __init__(self, binary):
        self.binary = os.path.abspath(binary)
        self.schema = json.loads(self.path.read_text(encoding="utf-8"))
        self.validator = Draft202012Validator(self.schema)
        self.problems = []

    def report(self, place, message):
        self.problems.append(f"{place}: {message}")

    # The two who judge a document. Each answers with its reason, or None where it accepts.

    def schema_reason(self, path):
        try:
            data = yaml.load(path.read_bytes(), CoreSchemaLoader)
        except yaml.YAMLError as error:
            return "no YAML: " + " ".join(str(error).split())
        error = next(self.validator.iter_errors(data), None)
        if error is None:
            return None
        return f"{error.json_path}: {error.message[:160]}"

    def options(self, path):
        """The options that make bankhook read a document."""
        return ["--config", str(path)]

    def validate(self, path):
        """The diagnostics of `bankhook validate`, which finds no secret at hand."""
        run = subprocess.run(
            [self.binary, "validate", "--format", "json", *self.options(path)],
            env={"PATH": os.environ.get("PATH", "")}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False)
        if run.returncode not in (0, 1):
            raise RuntimeError(f"bankhook validate ended with {run.returncode}: {run.stderr}")
        try:
            output = json.loads(run.stdout)
        except json.JSONDecodeError as error:
            raise RuntimeError(f"bankhook validate printed no JSON: {run.stdout!r}") from error
        errors = [each for each in output["diagnostics"] if each["severity"] == "error"]
        if bool(errors) != (run.returncode == 1):
            raise RuntimeError(f"{len(errors)} errors, but exit status {run.returncode}")
        return errors

    def decoder_reason(self, path):
        errors = self.validate(path)
        if len({(each["file"], each["line"]) for each in errors}) > 1:
            raise RuntimeError("it has mistakes on several lines; a document is about one point")
        return f"line {errors[0]['line']}: {errors[0]['message']}" if errors else None

    # Documents

    def check_document(self, path, kind):
        by_schema = self.schema_reason(path)
        try:
            by_decoder = self.decoder_reason(path)
        except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
            return [f"{path}: {error}"]
        schema_accepts, decoder_accepts = {
            "valid": (True, True), "invalid": (False, False),
            "invalid-beyond-schema": (True, False),
        }[kind]
        problems = []
        for who, reason, accepts in [
            ("the schema", by_schema, schema_accepts), ("bankhook", by_decoder, decoder_accepts),
        ]:
            if accepts and reason is not None:
                problems.append(f"{path}: {who} refuses it ({reason})")
            if not accepts and reason is None:
                problems.append(f"{path}: {who} accepts it")
        for file in self.files(path):
            if not file.read_text(encoding="utf-8").startswith("# "):
                problems.append(f"{file}: its first line does not say what it is for")
        return problems

    def files(self, path):
        """The files that a document consists of."""
        return [path]

    def check_documents(self):
        documents = []
        for kind, fewest in self.fewest.items():
            folder = self.documents / kind
            paths = sorted(folder.glob(self.documents_named))
            if len(paths) < fewest:
                self.report(folder, f"{len(paths)} documents, expected {fewest} or more")
            documents += [(path, kind) for path in paths]
        examples = sorted(EXAMPLES.rglob(f"{self.path.name.partition('.')[0]}.yaml"))
        for path in examples:
            self.check_modeline(path)
        documents += [(path, "valid") for path in examples]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for problems in pool.map(lambda document: self.check_document(*document), documents):
                self.problems += problems
        return documents

    def check_modeline(self, path):
        """The schema that an example names for editors has to be this one."""
        named = re.search(r"^# yaml-language-server: \$schema=(\S+)$",
                          path.read_text(encoding="utf-8"), re.MULTILINE)
        if named and (path.parent / named[1]).resolve() != self.path.resolve():
            self.report(path, f"its modeline names {named[1]}, which is not {self.path}")

    # The schema itself

    def is_schema(self):
        try:
            Draft202012Validator.check_schema(self.schema)
        except SchemaError as error:
            self.report(self.path, f"{error.json_path}: it is no schema: {error.message}")
            return False
        return True

    def resolve(self, schema):
        """Follows `$ref` and gathers what stands beside it."""
        while isinstance(schema, dict) and "$ref" in schema:
            target = self.schema
            for step in schema["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            schema = {**target, **{key: schema[key] for key in schema if key != "$ref"}}
        return schema

    def alternatives(self, schema):
        """A schema and what it chooses between, with `$ref` followed."""
        schema = self.resolve(schema)
        yield schema
        for keyword in ("oneOf", "anyOf", "allOf"):
            for each in schema.get(keyword, []):
                yield from self.alternatives(each)

    def fields(self, schema, place=""):
        """Every property that a file may hold, as (path, its schema); `*` is any name."""
        for alternative in self.alternatives(schema):
            for name, value in alternative.get("properties", {}).items():
                path = f"{place}.{name}".lstrip(".")
                yield path, self.resolve(value)
                yield from self.fields(value, path)
            extra = alternative.get("additionalProperties")
            if isinstance(extra, dict):
                yield from self.fields(extra, f"{place}.*")

    def check_schema(self):
        """Every field with its description and examples; returns the fields by their paths."""
        # What stands under `allOf` at the root says no more of a field than when it is required.
        declared = {key: value for key, value in self.schema.items() if key != "allOf"}
        fields = dict(self.fields(declared))
        for path, value in fields.items():
            if not value.get("description", "").endswith("."):
                self.report(self.path, f"{path} has no description")
        for pattern, value in self.schema.get("patternProperties", {}).items():
            if not value.get("description", "").endswith("."):
                self.report(self.path, f"{pattern} has no description")
        for path, schema in [("", self.schema), *fields.items()]:
            for each in self.resolve(schema).get("examples", []):
                error = next(self.validator.evolve(schema=schema).iter_errors(each), None)
                if error is not None:
                    self.report(self.path, f"an example of {path or 'the file'}: {error.message}")
        return fields

    # Fields

    def used(self, data, place=""):
        """The paths that a document uses, and its single values as `path=value`."""
        if not isinstance(data, dict):
            yield f"{place}={data!r}"
            return
        for name, value in data.items():
            free = place == "environments" or place.endswith(
                (".webhook_secrets", ".probe_headers"))
            path = f"{place}.{'*' if free else name}".lstrip(".")
            yield path
            yield from self.used(value, path)

    def check_usage(self, fields, documents):
        used = set()
        for path, kind in documents:
            if kind == "valid":
                try:
                    used.update(self.used(yaml.load(path.read_bytes(), CoreSchemaLoader)))
                except yaml.YAMLError:
                    continue
        for path, value in fields.items():
            if path not in used:
                self.report(self.path, f"no valid document uses {path}")
            for word in value.get("enum", []):
                if f"{path}={word!r}" not in used:
                    self.report(self.path, f"no valid document uses {path}: {word!r}")

    def check_decoder_fields(self, fields):
        """Asks the decoder which fields it knows: it lists them when it meets an unknown one."""
        places = {path.rpartition(".")[0] for path in fields}
        for place in sorted(places):
            known = self.known_fields(place)
            stated = {path.rpartition(".")[2] for path in fields
                      if path.rpartition(".")[0] == place} - {"*"}
            for name in sorted(stated - known):
                self.report(self.path, f"bankhook does not know {place}.{name}")
            for name in sorted(known - stated):
                if not self.is_refused_by_name(place, name):
                    self.report(self.path, f"it lacks {place}.{name}, which bankhook knows")

    def probe(self, place, name):
        """The diagnostics of a file that holds one field at a place of the tree."""
        tree = {name: "x"}
        for step in reversed(place.split(".") if place else []):
            tree = {"token" if step == "*" and ("webhook_secrets" in place
                                                or "probe_headers" in place) else
                    "uat" if step == "*" else step: tree}
        tree = {**self.least, **tree}
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            json.dump(tree, file)
            file.flush()
            return self.validate(file.name)

    def known_fields(self, place):
        for each in self.probe(place, UNKNOWN):
            if each["code"] == "unknown_key" and (each["hint"] or "").startswith("known here: "):
                known = each["hint"].removeprefix("known here: ").partition(";")[0]
                return set(known.split(", "))
        self.report(place or "the file", "bankhook does not list the fields that it knows there")
        return set()

    def is_refused_by_name(self, place, name):
        return any(each["code"] == "not_supported" and f"{name}'" in each["message"]
                   for each in self.probe(place, name))


    def check(self):
        """Finds every problem; returns how many documents and fields were compared."""
        if not self.is_schema():
            return 0, 0
        fields = self.check_schema()
        documents = self.check_documents()
        self.check_usage(fields, documents)
        self.check_decoder_fields(fields)
        return len(documents), len(fields)


class PolicyChecker(Checker):
    """The same for the policy file, beside a configuration that every policy allows."""

    path = pathlib.Path("schema/policy.schema.json")
    documents = pathlib.Path("Tests/Documents/policy")
    least = {}
    fewest = {"valid": 5, "invalid": 10}
    guarded = pathlib.Path("Tests/Documents/policy/guarded.yaml")

    def options(self, path):
        return ["--policy", str(path), "--config", str(self.guarded)]

    def check_schema(self):
        within = json.loads(Checker.path.read_text(encoding="utf-8"))["$defs"]["policy"]
        for keyword in ("type", "additionalProperties", "properties"):
            if self.schema.get(keyword) != within[keyword]:
                self.report(self.path, f"{keyword} is not that of $defs.policy in {Checker.path}")
        return super().check_schema()


class PartChecker(Checker):
    """The schema of one file of a directory: the other one, without what takes all of them."""

    path = pathlib.Path("schema/part.schema.json")
    documents = pathlib.Path("Tests/Documents/directory")
    documents_named = "*"
    fewest = {"valid": 3, "invalid": 3, "invalid-beyond-schema": 3}

    def __init__(self, binary):
        super().__init__(binary)
        self.whole = json.loads(Checker.path.read_text(encoding="utf-8"))
        registry = Registry().with_resource(
            Checker.path.name, Resource.from_contents(self.whole))
        self.validator = Draft202012Validator(self.schema, registry=registry)

    def files(self, path):
        return sorted([*path.glob("*.yaml"), *path.glob("*.yml")])

    def schema_reason(self, path):
        reasons = (Checker.schema_reason(self, each) for each in self.files(path))
        return next((each for each in reasons if each is not None), None)

    def check(self):
        if not self.is_schema():
            return 0, 0
        names = set(self.schema["properties"])
        if names != set(self.whole["properties"]):
            self.report(self.path, f"its properties are not those of {Checker.path}")
        return len(self.check_documents()), len(names)


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else ".build/debug/bankhook"
    if not os.access(binary, os.X_OK):
        print(f"{binary} is missing: build first", file=sys.stderr)
        return 1
    outputs, problems = check_outputs.checkers(binary)
    for problem in problems:
        print(problem)
    disagreements = len(problems)
    for checker in (Checker(binary), PartChecker(binary), PolicyChecker(binary), *outputs):
        documents, fields = checker.check()
        for problem in checker.problems:
            print(problem)
        disagreements += len(checker.problems)
        print(f"{checker.path}: {documents} documents and {fields} fields compared")
    if disagreements:
        print(f"schema: disagreements: {disagreements}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
