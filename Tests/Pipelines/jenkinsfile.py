"""Reads the part of Groovy that a declarative Jenkinsfile of examples/pipelines uses, and no more."""

import re
import textwrap

from scene import Problem

TOKEN = re.compile(r"""
    (?P<space>[ \t\n]+|//[^\n]*)
    |(?P<long>'''(?:.|\n)*?''')
    |(?P<text>'(?:[^'\\\n]|\\.)*')
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*|\d+)
    |(?P<mark>[{}()\[\],:=])
""", re.X)


class Call:
    """A step, section or value: its name, its arguments, and the calls in its braces."""

    def __init__(self, name):
        self.name = name
        self.arguments = []
        self.named = {}
        self.body = []

    def one(self, name):
        found = [each for each in self.body if each.name == name]
        if len(found) != 1:
            raise Problem(f"{self.name} has {len(found)} of {name}")
        return found[0]

    def all(self):
        """Every call under this one, in the order of the file, those in lists too."""
        for each in self.arguments:
            for inner in each if isinstance(each, list) else []:
                yield inner
        for each in self.body:
            yield each
            yield from each.all()


def parse(text):
    tokens, place = [], 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if not found:
            raise Problem(f"a Jenkinsfile has something unknown: {text[place:place + 40]!r}")
        if found.lastgroup != "space":
            tokens.append((found.lastgroup, found[0]))
        place = found.end()
    file = Call("file")
    file.body = Reader(tokens).calls(None)
    return file


class Reader:
    def __init__(self, tokens):
        self.tokens = tokens + [("end", "")]
        self.at = 0

    def calls(self, closing):
        found = []
        while self.tokens[self.at][1] != closing:
            if self.tokens[self.at][0] == "end":
                if closing is None:
                    break
                raise Problem("a Jenkinsfile ends in the middle")
            found.append(self.call())
        return found

    def call(self):
        call = Call(self.take("word"))
        if self.skip("="):
            call.arguments.append(self.value())
            return call
        if self.skip("("):
            self.arguments(call, ")")
        elif self.tokens[self.at][0] in ("text", "long") or (
                self.tokens[self.at][0] == "word" and self.tokens[self.at + 1][1] == ":"):
            self.arguments(call, None)
        if self.skip("{"):
            call.body = self.calls("}")
            self.at += 1
        return call

    def arguments(self, call, closing):
        while closing is None or not self.skip(closing):
            if self.tokens[self.at][0] == "word" and self.tokens[self.at + 1][1] == ":":
                name = self.take("word")
                self.at += 1
                call.named[name] = self.value()
            else:
                call.arguments.append(self.value())
            if not self.skip(",") and closing is None:
                return

    def value(self):
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "long":
            return textwrap.dedent(text[3:-3]).strip("\n").replace("\\\\", "\\")
        if kind == "text":
            return text[1:-1].replace("\\'", "'").replace("\\\\", "\\")
        if text == "[":
            found = []
            while not self.skip("]"):
                found.append(self.call())
                self.skip(",")
            return found
        if kind == "word":
            return text
        raise Problem(f"a Jenkinsfile has {text!r} where a value belongs")

    def take(self, kind):
        if self.tokens[self.at][0] != kind:
            raise Problem(f"a Jenkinsfile has {self.tokens[self.at][1]!r} in a wrong place")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def skip(self, text):
        if self.tokens[self.at] == ("mark", text):
            self.at += 1
            return True
        return False
