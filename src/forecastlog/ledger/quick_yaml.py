"""YAML text in the usual layout -> what it says as plain data, without places, faster than a parser.

Mappings and lists by indentation, with texts of one line, folded plain texts, quoted ones, blocks, and lists
and entries in brackets. One regular expression takes all lines apart. A value that nothing here knows is
handed to the parser as a text of its own; where anything else is unusual, the whole file is left to
``composing.py``, which alone tells faults and places.
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from yaml.scanner import Scanner

from forecastlog.ledger.composing import compose
from forecastlog.ledger.nodes import Data, List, Map, Node, Scalar
from forecastlog.ledger.source import Source
from forecastlog.ledger.syntax import DEEPEST, MOST
from forecastlog.problems import Problem

_KEY = r"\w[\w.%-]{0,60}+(?: [\w.%-]{1,60}+){0,10}+"
_FIRST = r"""(?!null\b)(?:[^\s\-?:,\[\]{}#&*!|>'"%@`~]|-(?=[\w.]))"""
_PLAIN = rf"{_FIRST}[^\n:#]*+(?:(?::(?![ \n]|$)|(?<! )#)[^\n:#]*+)*+(?<! )"
_VALUE = rf"""({_PLAIN})$|"([^"\\\n]++)"$|'([^'\n]++)'$|(.*+)"""
_LINE = re.compile(rf"""^( *+)((?:- +)?+)(?:(["']?)({_KEY})\3:(?: ++|$))?+(?:{_VALUE})""", re.MULTILINE)
"""Indentation, dash, mark and text of a key, then a value: plain, in double or single quotes, or another."""
_START = ("", "", "", "", "", "", "", "---")
_END = ("", "", "", "", "", "", "", "\0")

_BLOCKS, _HEADERS = ("|", ">"), ("|", "|-", ">", ">-")
_DOUBLE = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^']|'')*+)'")
_PLAIN_TEXT = re.compile(_PLAIN)
_ESCAPE = re.compile(r"\n|\\(?:(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})|.)", re.DOTALL)
_ITEM = rf"{_FIRST}[^:#?,\[\]{{}}]*+(?:(?::(?![\s,\[\]{{}}]|$)|(?<![ \n])#)[^:#?,\[\]{{}}]*+)*+"
_IN_BRACKETS = re.compile(
    rf"""[ \n]*+(?:"([^"\\]*+(?:\\.[^"\\]*+)*+)"|'([^']*+(?:''[^']*+)*+)'|({_ITEM})|([\[{{]))[ \n]*+""",
    re.DOTALL,
)
_KEY_IN_BRACKETS = re.compile(rf"""[ \n]*+(["']?)({_KEY})\1:[ \n]++""")
_CHARACTERS = re.compile(
    "[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*+"
)
_LEVELS = DEEPEST // 3
"""Of nesting in the lines, in brackets, and in what is handed to the parser."""


class Unusual(Exception):
    """A text that is left to the parser: it has a fault, or is written in a way that is seldom seen."""


def data_of(text: str) -> dict[str, Any]:
    r"""The mapping that a text is: its texts, lists and mappings by key; raises Unusual.

    >>> data_of("article:\n  id: a\n  tags: [b, c]\n  note: ~\n")
    {'article': {'id': 'a', 'tags': ['b', 'c'], 'note': None}}
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.replace("\n", "").isprintable() and not _CHARACTERS.fullmatch(text):
        raise Unusual
    if len(text) > MOST and 3 * text.count("\n") + 2 * sum(map(text.count, ",[{")) > MOST:
        raise Unusual
    return _Lines(text).document()


class _Lines:
    """A text taken apart; each method reads what begins in a line, and returns the line after it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [*_LINE.findall(text), _END]

    @cached_property
    def texts(self) -> list[str]:
        """The lines as they stand."""
        return [*self.text.split("\n"), "\0"]

    def document(self) -> dict[str, Any]:
        start = 0
        while self.is_blank(start):
            start += 1
        if self.lines[start] == _START:
            start += 1
        end, found = self.mapping(start, 0, 0)
        if end != len(self.lines) - 1 or not found:
            raise Unusual
        return found

    def mapping(self, at: int, margin: int, level: int) -> tuple[int, dict[str, Any]]:
        """The keys at one margin."""
        if level > _LEVELS:
            raise Unusual
        lines, blanks, found = self.lines, " " * margin, {}
        last, line = "", -1
        while True:
            indent, dash, _, key, plain, double, single, _ = lines[at]
            if key and indent == blanks and not dash:
                if key in found:
                    raise Unusual
                last, line = key, at
                if value := plain or double or single:
                    found[key] = value
                    at += 1
                else:
                    at, found[key] = self.value(at, margin, level)
            elif (key or dash) and len(indent) <= margin:
                return at, found
            elif self.is_blank(at):
                at += 1
            elif len(indent) > margin:
                at, found[last] = self.continued(line, at, margin)
            else:
                return at, found

    def value(self, at: int, margin: int, level: int) -> tuple[int, Data]:
        """What belongs to a key without a simple text on its line: often the lines below."""
        other = self.lines[at][7]
        if other and other[0] != "#":
            return self.other(at, margin, other)
        below = at + 1
        while self.is_blank(below):
            below += 1
        indent, dash, _, key, *_ = self.lines[below]
        column = len(indent)
        if dash and column >= margin:
            return self.sequence(below, column, level + 1)
        if column <= margin:
            return below, None
        return self.mapping(below, column, level + 1) if key else self.handed_over(at, margin)

    def sequence(self, at: int, column: int, level: int) -> tuple[int, list[Data]]:
        """The entries whose dashes stand in one column."""
        if level > _LEVELS:
            raise Unusual
        lines, line = self.lines, -1
        found: list[Data] = []
        while True:
            indent, dash, mark, key, plain, double, single, other = lines[at]
            if dash and len(indent) == column:
                line = at
                if key:
                    margin, line = column + len(dash), -1
                    lines[at] = (" " * margin, "", mark, key, plain, double, single, other)
                    at, entry = self.mapping(at, margin, level + 1)
                    found.append(entry)
                elif value := plain or double or single:
                    found.append(value)
                    at += 1
                else:
                    at, item = self.other(at, column, other)
                    found.append(item)
            elif (key or dash) and len(indent) <= column:
                return at, found
            elif self.is_blank(at):
                at += 1
            elif len(indent) > column:
                at, found[-1] = self.continued(line, at, column)
            else:
                return at, found

    def is_blank(self, at: int) -> bool:
        """Whether a line is empty or a comment."""
        _, *rest, other = self.lines[at]
        return not any(rest) and (not other or other[0] == "#")

    def end(self, at: int, margin: int) -> int:
        """The line after those that belong to what begins in one, with the empty ones behind it."""
        at += 1
        while len(self.lines[at][0]) > margin or not any(self.lines[at][1:]):
            at += 1
        return at

    def continued(self, line: int, at: int, margin: int) -> tuple[int, Data]:
        """A text that began in ``line`` and goes on in deeper ones."""
        if line < 0 or any(map(any, self.lines[line + 1 : at])):
            raise Unusual
        end = self.end(line, margin)
        first, more = self.lines[line], self.lines[at:end]
        while not any(more[-1]):
            more.pop()
        texts = [plain for _, dash, _, key, plain, *_ in more if plain and not dash and not key]
        if at == line + 1 and first[4] and len(texts) == len(more):
            return end, " ".join((first[4], *texts))
        return self.handed_over(line, margin)

    def other(self, at: int, margin: int, text: str) -> tuple[int, Data]:
        """A value that is no simple text: in brackets, in quotes, a block, or what the parser reads there."""
        end = self.end(at, margin)
        more = self.texts[at + 1 : end]
        while more and not more[-1]:
            more.pop()
        whole = end < len(self.lines) - 1 or self.text[-1] == "\n"  # else a block does not end in one
        try:
            if text[:1] in _BLOCKS and whole:
                return end, _block(text, more, margin)
            return end, _written(text, more)
        except Unusual:
            return self.handed_over(at, margin)

    def handed_over(self, at: int, margin: int) -> tuple[int, Data]:
        """The entry that begins in a line, as the parser reads it by itself."""
        end = self.end(at, margin)
        text = " " * margin + "\n".join(self.texts[at:end])[margin:]
        if end < len(self.lines) - 1:
            text += "\n"
        problems: list[Problem] = []
        root = compose(Source(text, Path()), problems)
        entries = (
            [value for _, value in root.pairs]
            if isinstance(root, Map)
            else root.items
            if isinstance(root, List)
            else []
        )
        if problems or len(entries) != 1:
            raise Unusual
        return end, _data(entries[0], 0)


def _data(node: Node, level: int) -> Data:
    """What a node says; raises Unusual where that is a fault."""
    if level > _LEVELS:
        raise Unusual
    if isinstance(node, Scalar):
        return None if node.empty else node.value
    if isinstance(node, List):
        return [_data(item, level + 1) for item in node.items]
    found = {}
    for key, value in node.pairs:
        if not isinstance(key, Scalar) or key.value in found or (node.flow and value.empty):
            raise Unusual
        found[key.value] = _data(value, level + 1)
    return found


def _block(header: str, lines: list[str], margin: int) -> str:
    """A text in lines of their own, kept (``|``) or folded (``>``)."""
    first = lines[0] if lines else ""
    inner = len(first) - len(first.lstrip(" "))
    blanks = " " * inner
    if header not in _HEADERS or inner <= margin or any(line[:inner] != blanks for line in lines):
        raise Unusual
    folded = header[0] == ">"
    if any(line[inner : inner + 1] in ("", " ") or line[-1] == " " for line in lines):
        raise Unusual
    text = (" " if folded else "\n").join(line[inner:] for line in lines)
    return text if header[-1] == "-" else text + "\n"


def _written(text: str, more: list[str]) -> Data:
    """A value that was begun on its key's line, with the lines on which it goes on."""
    if more:
        if text[-1:] in ("", " ") or not all(more) or any(line[-1] == " " for line in more):
            raise Unusual
        text = "\n".join((text, *(line.lstrip(" ") for line in more)))
    if text[:1] in ("[", "{"):
        end, value = _in_brackets(text, 0, 0)
        if end == len(text):
            return value
    elif text[:1] == '"' and (quoted := _DOUBLE.fullmatch(text)):
        return _ESCAPE.sub(_unescaped, quoted[1])
    elif text[:1] == "'" and (quoted := _SINGLE.fullmatch(text)):
        return quoted[1].replace("''", "'").replace("\n", " ")
    elif text in ("~", "null"):
        return None
    elif _PLAIN_TEXT.fullmatch(text):
        return text
    before, comment, _ = text.partition(" #")
    if not comment or more:
        raise Unusual
    return _written(before.rstrip(" "), [])


def _unescaped(match: re.Match[str]) -> str:
    """What a line's end or an escape in double quotes stands for."""
    found, code = match[0], match[1]
    if code:
        number = int(code[1:], 16)
        if number > sys.maxunicode or 0xD800 <= number < 0xE000:
            raise Unusual
        return chr(number)
    if found in ("\n", "\\\n"):
        return " " if found == "\n" else ""
    if found[1:] not in Scanner.ESCAPE_REPLACEMENTS:
        raise Unusual
    return Scanner.ESCAPE_REPLACEMENTS[found[1:]]


def _in_brackets(text: str, at: int, level: int) -> tuple[int, Data]:
    """A value within brackets, and where what is behind it begins."""
    match = _IN_BRACKETS.match(text, at)
    if not match or level > _LEVELS:
        raise Unusual
    double, single, plain, opening = match.groups()
    at = match.end()
    if double is not None:
        return at, _ESCAPE.sub(_unescaped, double)
    if opening:
        return _list(text, at, level + 1) if opening == "[" else _mapping(text, at, level + 1)
    return at, (plain.rstrip(" \n") if single is None else single.replace("''", "'")).replace("\n", " ")


def _list(text: str, at: int, level: int) -> tuple[int, list[Data]]:
    found = []
    while text[at : at + 1] != "]":
        at, value = _in_brackets(text, at, level)
        found.append(value)
        at = _next(text, at, "]")
    return at + 1, found


def _mapping(text: str, at: int, level: int) -> tuple[int, dict[str, Data]]:
    found: dict[str, Data] = {}
    while text[at : at + 1] != "}":
        match = _KEY_IN_BRACKETS.match(text, at)
        if not match or match[2] in found:
            raise Unusual
        at, found[match[2]] = _in_brackets(text, match.end(), level)
        at = _next(text, at, "}")
    return at + 1, found


def _next(text: str, at: int, closing: str) -> int:
    """Behind a comma, or before what closes."""
    sign = text[at : at + 1]
    if sign not in (",", closing):
        raise Unusual
    return at + (sign == ",")
