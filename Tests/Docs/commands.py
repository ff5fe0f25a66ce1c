"""Writes docs/reference/commands.md from what the binary says of itself; run.sh compares it.

    python3 -B Tests/Docs/commands.py .build/debug/bankhook --write
"""

import json
import pathlib
import re
import subprocess
import sys
import textwrap

PAGE = pathlib.Path("docs/reference/commands.md")
HEAD = """\
# Every command and option

<!-- Written by Tests/Docs/commands.py from the program's own help; sh Tests/Docs/run.sh compares. -->

What `bankhook COMMAND --help` says, on one page. What a command ends with is in
[exit statuses](exit-statuses.md), what it prints as JSON in [JSON](json.md).

## Options of most commands

Commands that read the configuration take all of these; the others have no `--config` and no `--policy`.

"""
COMMON = ("config", "policy", "quiet", "color", "log-level")


def escaped(text):
    """Text that stands in Markdown as it is."""
    return re.sub(r"([|<>*\[\]_\\])", r"\\\1", " ".join(text.split()))


def spelling(argument):
    name = argument.get("valueName", "")
    if argument["kind"] == "positional":
        text = f"<{name}>" if not argument["isOptional"] else f"[<{name}>]"
        return f"`{text}…`" if argument["isRepeating"] else f"`{text}`"
    names = [("-" if each["kind"] == "short" else "--") + each["name"] for each in argument["names"]]
    value = f" <{name}>" if argument["kind"] == "option" else ""
    return ", ".join(f"`{each}{value}`" for each in names)


def line(argument):
    default = argument.get("defaultValue")
    text = escaped(argument.get("abstract", ""))
    more = f" (default: `{default}`)" if default and "default:" not in text else ""
    return f"- {spelling(argument)}: {text}{more}"


def shown(command):
    """The arguments of a command that --help shows, but --help and --version."""
    return [each for each in command.get("arguments", [])
            if each.get("shouldDisplay", True) and each.get("valueName") not in ("help", "version")]


def is_common(argument):
    return argument["kind"] != "positional" and argument.get("valueName") is not None and any(
        each["name"] in COMMON for each in argument["names"])


def leaves(command, words=()):
    """Every command that can be run, with its words."""
    words = (*words, command["commandName"])
    below = [each for each in command.get("subcommands", []) if each["commandName"] != "help"]
    if not below:
        yield words[1:], command
    for each in below:
        yield from leaves(each, words)


def discussion(text):
    """A discussion's paragraphs, and its examples as a block."""
    said = ""
    for paragraph in (text or "").strip().split("\n\n"):
        begin = re.match(r"Examples?: *", paragraph)
        if begin:
            lines = paragraph[begin.end():].splitlines()
            said += "```text\n" + "\n".join(each.strip() for each in lines) + "\n```\n\n"
        elif paragraph:
            said += textwrap.fill(escaped(paragraph), 100, break_on_hyphens=False) + "\n\n"
    return said


def section(words, command):
    arguments = shown(command)
    own = [each for each in arguments if not is_common(each)]
    configured = any(each["names"][-1]["name"] == "config" for each in arguments if is_common(each))
    usage = " ".join(
        spelling(each).strip("`") for each in own if each["kind"] == "positional")
    text = f"## {' '.join(words)}\n\n{escaped(command['abstract'])}\n\n"
    text += f"`bankhook {' '.join(words)} [options]{' ' + usage if usage else ''}`"
    text += "; reads the configuration.\n\n" if configured else ".\n\n"
    text += discussion(command.get("discussion"))
    return text + "".join(line(each) + "\n" for each in own) + ("\n" if own else "")


def dump(bankhook):
    """What the binary says of itself."""
    done = subprocess.run([bankhook, "--experimental-dump-help"], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)["command"]


def page(bankhook):
    """The text that the page must have."""
    root = dump(bankhook)
    commands = sorted(leaves(root), key=lambda pair: pair[0])
    plan = next(command for words, command in commands if words == ("plan",))
    text = HEAD + "".join(line(each) + "\n" for each in shown(plan) if is_common(each))
    text += "- `-h`, `--help`: What a command does, with an example. `--version`: The version.\n\n"
    return (text + "".join(section(*each) for each in commands)).rstrip("\n") + "\n"


def mistake(words, root):
    """What is wrong with a command that a page writes within its text; None where nothing is."""
    command = root
    for index, word in enumerate(words):
        below = {each["commandName"]: each for each in command.get("subcommands", [])}
        if word in below:
            command = below[word]
        elif word.startswith("-"):
            known = {("-" if each["kind"] == "short" else "--") + each["name"]
                     for argument in command.get("arguments", [])
                     for each in argument.get("names") or []}
            if word.split("=")[0] not in known and command is not root:
                return f"{command['commandName']} has no option {word}"
        elif below and re.fullmatch("[a-z][a-z-]*", word):
            return f"there is no command {' '.join(words[:index + 1])}"
    return None


def mentions(names, root):
    """Every command within the text of a page that the program would not know."""
    for name in names:
        for span in re.findall(r"`bankhook ([^`]+)`", name.read_text(encoding="utf-8")):
            problem = mistake(re.split(r"[|;&>]", span)[0].split(), root)
            if problem:
                yield f"{name}: `bankhook {' '.join(span.split())}`: {problem}"


def differences(bankhook, names):
    """What pages say of commands and options, and the binary does not."""
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(bankhook):
        yield f"{PAGE} is not what the binary says: python3 -B Tests/Docs/commands.py {bankhook} --write"
    yield from mentions(names, dump(bankhook))


if __name__ == "__main__":
    if sys.argv[2:] == ["--write"]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(sys.argv[1]), encoding="utf-8")
    else:
        sys.stdout.write(page(sys.argv[1]))
