"""Reads YAML the way bankhook does; PyYAML itself resolves `yes`, `1:30` and dates by YAML 1.1."""

import re

import yaml


class CoreSchemaLoader(yaml.SafeLoader):
    """Plain scalars by YAML 1.2's core schema, and every key as the text that it is."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        self.flatten_mapping(node)
        return {
            key.value if isinstance(key, yaml.ScalarNode) else str(key):
                self.construct_object(value, deep=True)
            for key, value in node.value
        }

    def construct_number(self, node):
        text = node.value
        if text[:2] in ("0o", "0x"):
            return int(text, 0)
        return int(text)

    def construct_fraction(self, node):
        return float(re.sub(r"\.(inf|nan)$", r"\1", node.value.lower()))


RESOLVERS = [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9A-Fa-f]+", "-+0123456789"),
    ("float",
     r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
     r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+.0123456789"),
    ("merge", r"<<", "<"),
]
for name, pattern, starts in RESOLVERS:
    CoreSchemaLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{name}", re.compile(rf"^(?:{pattern})\Z"), list(starts))
CoreSchemaLoader.add_constructor(
    "tag:yaml.org,2002:int", CoreSchemaLoader.construct_number)
CoreSchemaLoader.add_constructor(
    "tag:yaml.org,2002:float", CoreSchemaLoader.construct_fraction)
