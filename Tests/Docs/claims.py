"""What the pages must name, and where their links must lead."""

import json
import pathlib
import re
import subprocess

FENCE = re.compile(r"^( *)(```+|~~~+).*?^\1\2 *$", re.S | re.M)
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(([^()\s]+(?:\([^()]*\))?)\)")
SOURCE = re.compile(r"<(?:img|a|source)\b[^>]*?(?:src|href|srcset)=\"([^\"]+)\"")
REFERENCE = pathlib.Path("docs/reference")


def pages():
    """Every Markdown file that git knows, or would."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        check=True, stdout=subprocess.PIPE)
    names = [pathlib.Path(name) for name in done.stdout.decode().split("\0") if name]
    # What is DocC's has links of its own, which docc checks.
    return [name for name in names if name.exists() and not re.search(r"\.docc/", str(name))]


def prose(text):
    """The text without its blocks of code and its code spans."""
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", FENCE.sub("", text), flags=re.S)


def anchors(text):
    """The anchors of a page's headings, as GitHub makes them."""
    found, seen = set(), {}
    for heading in re.findall(r"^#{1,6} +(.*?) *#*$", FENCE.sub("", text), re.M):
        words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        found.add(f"{slug}-{count}" if count else slug)
    return found | set(re.findall(r"<a (?:name|id)=\"([^\"]+)\"", text))


def links():
    """Every relative link that leads nowhere."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        for target in LINK.findall(prose(text)) + SOURCE.findall(FENCE.sub("", text)):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            path, _, anchor = target.partition("#")
            place = (page.parent / path) if path else page
            if not place.exists():
                yield f"{page}: {target} leads nowhere"
            elif anchor and place.suffix == ".md":
                if anchor not in anchors(place.read_text(encoding="utf-8")):
                    yield f"{page}: {target}: no such heading"


def fields(schema, node, prefix=""):
    """The dotted names of what a schema lets a file hold."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    for name, value in node.get("properties", {}).items():
        yield prefix + name
        yield from fields(schema, value, f"{prefix}{name}.")


def configuration():
    """Every field of the configuration that its page does not name."""
    schema = json.loads(pathlib.Path("schema/bankhook.schema.json").read_text())
    page = REFERENCE / "configuration.md"
    text = page.read_text(encoding="utf-8")
    names = set(fields(schema, schema)) | set(
        fields(schema, schema["$defs"]["environment"]))
    names -= {name for name in names if name.startswith("defaults.")}
    for name in sorted(names):
        if f"`{name}`" not in text:
            yield f"{page}: `{name}` is not named"


def statuses():
    """Every exit status that its page does not name."""
    source = pathlib.Path("Sources/BankhookCommands/ExitStatus.swift").read_text()
    source = re.search(r"var code: Int32 \{.*?^    \}", source, re.S | re.M).group()
    page = REFERENCE / "exit-statuses.md"
    text = page.read_text(encoding="utf-8")
    for status in [*re.findall(r": (\d+)$", source, re.M), "130", "143", "129"]:
        if not re.search(rf"^\| {status} \|", text, re.M):
            yield f"{page}: exit status {status} has no line"


def schemas():
    """Every schema without a link in the page of the JSON."""
    page = REFERENCE / "json.md"
    text = page.read_text(encoding="utf-8")
    for schema in sorted(pathlib.Path("schema").glob("*.schema.json")):
        if f"(../../schema/{schema.name})" not in text:
            yield f"{page}: {schema} has no link"


def index():
    """Every page that the index does not lead to."""
    text = pathlib.Path("docs/README.md").read_text(encoding="utf-8")
    for page in pages():
        if page.parts[0] == "docs" and page.name != "README.md":
            if f"({page.relative_to('docs')})" not in text:
                yield f"docs/README.md: no link to {page}"


def targets():
    """Every library target that the landing page of DocC does not lead to."""
    landing = pathlib.Path("docs/bankhook.docc/bankhook.md")
    text = landing.read_text(encoding="utf-8")
    for folder in sorted(pathlib.Path("Sources").iterdir()):
        if folder.name != "bankhook" and any(folder.glob("*.swift")):
            if f"- ``/{folder.name}``" not in text:
                yield f"{landing}: no link to {folder.name}"


def all_claims():
    """What does not hold."""
    return [*links(), *configuration(), *statuses(), *schemas(), *index(), *targets()]
