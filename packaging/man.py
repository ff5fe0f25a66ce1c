#!/usr/bin/env python3
"""Writes a manual page for bankhook and for each of its commands.

    packaging/man.py DUMP SECTIONS FOLDER --version VERSION --epoch SECONDS

DUMP is what `bankhook --experimental-dump-help` prints. SECTIONS holds the sections of bankhook(1) that
no command line knows: EXIT STATUS, ENVIRONMENT, FILES and so on, written by hand.

    packaging/man.py DUMP --missing

names each command without an example in its help, and ends with 1 where there is one.
"""

import argparse
import datetime
import json
import pathlib
import sys

EXAMPLE = ("Example: ", "Examples: ")


def text(value):
    """What stands for itself in roff: no escape, no request, no ligature of a dash."""
    out = []
    for character in value:
        if character == "\\":
            out.append("\\e")
        elif character == "-":
            out.append("\\-")
        elif character == "'":
            out.append("\\(aq")
        elif character == "`":
            out.append("\\(ga")
        elif character == "^":
            out.append("\\(ha")
        elif character == "~":
            out.append("\\(ti")
        elif ord(character) > 126:
            out.append("\\[u%04X]" % ord(character))
        else:
            out.append(character)
    line = "".join(out)
    return "\\&" + line if line[:1] in (".", "'") else line


def bold(value):
    return "\\fB" + text(value) + "\\fR"


def italic(value):
    return "\\fI" + text(value) + "\\fR"


def page_of(names):
    return "-".join(names)


def reference(names):
    return ".BR " + text(page_of(names)) + " (1)"


def paragraphs(command):
    """The discussion's paragraphs, and the lines of its examples."""
    prose, examples = [], []
    for paragraph in (command.get("discussion") or "").split("\n\n"):
        start = next((word for word in EXAMPLE if paragraph.startswith(word)), None)
        if start:
            lines = paragraph[len(start):].split("\n")
            examples += [line.strip() for line in lines if line.strip()]
        elif paragraph.strip():
            prose.append([line.strip() for line in paragraph.split("\n") if line.strip()])
    return prose, examples


def spelled(argument):
    """An option as it is written: -c, --config PATH."""
    names = []
    for name in argument.get("names") or []:
        names.append(bold(("-" if name["kind"] == "short" else "--") + name["name"]))
    if not names:
        return italic(argument["valueName"])
    value = " " + italic(argument["valueName"]) if argument["kind"] == "option" else ""
    return ", ".join(names) + value


def is_shown(argument):
    return argument.get("shouldDisplay", True)


def synopsis(names, command):
    line = [bold(" ".join(names))]
    shown = [argument for argument in command.get("arguments") or [] if is_shown(argument)]
    if any(argument["kind"] != "positional" and argument["isOptional"] for argument in shown):
        line.append("[" + italic("options") + "]")
    for argument in shown:
        more = " ..." if argument["isRepeating"] else ""
        if argument["kind"] == "positional":
            word = italic(argument["valueName"]) + more
            line.append("[" + word + "]" if argument["isOptional"] else word)
        elif not argument["isOptional"]:
            name = bold("--" + argument["preferredName"]["name"])
            line.append(name + " " + italic(argument["valueName"]) + more)
    if children(command):
        line.append(italic("command"))
    return " ".join(line)


def children(command):
    return [child for child in command.get("subcommands") or [] if child["commandName"] != "help"]


def described(arguments):
    lines = []
    for argument in arguments:
        words = argument.get("abstract") or ""
        if argument.get("defaultValue"):
            words += " (default: " + argument["defaultValue"] + ")"
        lines += [".TP", spelled(argument), text(words.strip())]
    return lines


def title(names, options):
    moment = datetime.datetime.fromtimestamp(options.epoch, datetime.timezone.utc)
    return '.TH %s 1 "%s" "bankhook %s" "bankhook"' % (
        text(page_of(names).upper()), moment.strftime("%Y-%m-%d"), options.version)


def page(names, command, family, sections, options):
    prose, examples = paragraphs(command)
    abstract = (command.get("abstract") or "").rstrip(".")
    lines = [
        '.\\" Made from the help of bankhook by packaging/man.py.', title(names, options),
        ".ad l", ".SH NAME", text(page_of(names)) + " \\- " + text(abstract[:1].lower() + abstract[1:]),
        ".SH SYNOPSIS", synopsis(names, command),
    ]
    if prose:
        lines.append(".SH DESCRIPTION")
    for index, paragraph in enumerate(prose):
        lines += [".PP"] if index else []
        lines += "\n.br\n".join(text(line) for line in paragraph).split("\n")
    shown = [argument for argument in command.get("arguments") or [] if is_shown(argument)]
    positional = [argument for argument in shown if argument["kind"] == "positional"]
    if children(command):
        lines.append(".SH COMMANDS")
        for child in children(command):
            lines += [".TP", bold(child["commandName"]), text(child.get("abstract") or "")]
    if positional:
        lines += [".SH ARGUMENTS"] + described(positional)
    lines += [".SH OPTIONS"]
    lines += described([argument for argument in shown if argument["kind"] != "positional"])
    if sections is not None:
        return lines + sections
    if examples:
        lines += [".SH EXAMPLES", ".EX"] + [text(line) for line in examples] + [".EE"]
    lines += [".SH EXIT STATUS", "The statuses of all commands, and the environment that they read,",
              "are in", ".BR bankhook (1)."]
    others = [names[:count] for count in range(1, len(names))]
    others += [other for other in family if other[:-1] == names]
    lines += [".SH SEE ALSO", ".nh"]
    for index, other in enumerate(others):
        lines.append(reference(other) + ("," if index < len(others) - 1 else ""))
    return lines


def walk(command, names=()):
    names = [*names, command["commandName"]]
    yield names, command
    for child in children(command):
        yield from walk(child, names)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("dump", type=pathlib.Path)
    parser.add_argument("sections", type=pathlib.Path, nargs="?")
    parser.add_argument("folder", type=pathlib.Path, nargs="?")
    parser.add_argument("--version", default="")
    parser.add_argument("--epoch", type=int, default=0)
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    commands = list(walk(json.loads(options.dump.read_text())["command"]))
    if options.missing:
        missing = [names for names, command in commands if not paragraphs(command)[1]]
        for names in missing:
            print("no example in the help of: " + " ".join(names), file=sys.stderr)
        return 1 if missing else 0
    options.folder.mkdir(parents=True, exist_ok=True)
    family = [names for names, _ in commands]
    for names, command in commands:
        sections = None
        if len(names) == 1:
            listed = ", ".join(page_of(other) + "(1)" for other in family[1:])
            sections = options.sections.read_text().rstrip("\n").split("\n")
            sections = [
                text(listed) if line == "@PAGES@" else line for line in sections]
        lines = page(names, command, family, sections, options)
        (options.folder / (page_of(names) + ".1")).write_text("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
