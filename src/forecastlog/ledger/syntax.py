"""What a YAML parser complains about, in the words of somebody who writes records.

libyaml and the parser in Python say the same things in slightly different words; the table holds a piece
that both share, and the first row found wins.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence

from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

_QUOTE = "Put the whole text in quotes, double the quotes inside it, or write it as a block after '>-'."

_ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a colon and a blank, or a line indented too far, where no key can stand",
        "Quote a text that has ': ' in it; indent the keys of one record alike.",
    ),
    ("end of stream", "a quotation mark is opened and never closed", "Close it at the end of the text."),
    (
        "unexpected document",
        "a line '---' or '...' stands inside a quoted text",
        "Close the quotation mark before it.",
    ),
    (
        "flow node",
        "a bracket is opened and never closed",
        "Close it with ] or }, or write the list line by line.",
    ),
    (
        "',' or ']'",
        "a list in [ ] is not closed, or lacks a comma",
        (
            "Put a comma between its values and ] behind the last; "
            "quote a text with brackets, commas or ': ' in it."
        ),
    ),
    (
        "',' or '}'",
        "an entry in { } is not closed, or lacks a comma",
        (
            "Put a comma between its keys and } behind the last; "
            "quote a text with brackets, commas or ': ' in it."
        ),
    ),
    (
        "block collection",
        "a line that is no entry of the list above it",
        "Start every entry with '- ', and indent the keys of an entry alike.",
    ),
    (
        "block mapping",
        "this is no key of the record it stands in",
        "Indent the keys of one record alike; " + _QUOTE[0].lower() + _QUOTE[1:],
    ),
    (
        "could not find expected ':'",
        "a line without a colon where a key should stand",
        "Write 'key: value', or indent the line if it continues the text above.",
    ),
    (
        "sequence entries are not allowed",
        "an entry of a list cannot start here",
        "Start the list on the next line, or quote a text that begins with '- '.",
    ),
    ("alphabetic or numeric", "a value cannot begin with '*' or '&'", _QUOTE),
    ("directive", "a line cannot begin with '%'", _QUOTE),
    ("while parsing a tag", "a value cannot begin with '!'", _QUOTE),
    ("incompatible", "this version of YAML is unknown", "Remove the line that begins with '%'."),
    (
        "escape",
        "a backslash in double quotes that begins no escape",
        r"Write the text in single quotes, or every backslash twice: \\.",
    ),
    ("block scalar", "text after '|' or '>'", "Start the text on the next line, indented."),
    ("node content", "a closing bracket or a comma without an opening one", _QUOTE),
)

_TAB = ("a tab where only blanks can stand", "Use blanks: two for every level.")
QUESTION_MARK = (
    "a question mark inside brackets needs quotes around its text",
    "Not every YAML reader takes it otherwise: put the link or text in double quotes.",
)
_CONFLICT = (
    "git could not merge what two people wrote, and both versions stand in the file",
    (
        "Keep what is right and delete the lines of <<<, === and >>>. "
        "Or stop the merge with 'git merge --abort', run 'forecastlog init', "
        "which tells git how to merge records, and merge again."
    ),
)
_NOT_ALLOWED = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

DEEPEST = 40
"""Levels of nesting that are read; a record uses eight."""
TOO_DEEP = ("nested too deeply", f"A record has at most {DEEPEST} levels. Close a bracket, or indent less.")
MOST = 250_000
"""Values of a file that are read; the record of a long article has some thousands."""
TOO_MANY = (
    f"the file holds more than {MOST:,} values",
    "An article has a file of its own, and what machines wrote belongs in imports/.",
)

Place = tuple[int, int]


def explain(error: Exception, text: str) -> tuple[Place, str, str, str]:
    """Place, message, hint and code for what a parser raised over ``text``."""
    if conflict := re.search(r"^<{7} ", text, re.MULTILINE):
        return conflict.span(), *_CONFLICT, "P017"
    if isinstance(error, MarkedYAMLError) and "nesting" in str(error.problem) and error.problem_mark:
        # A parser that reads ahead may meet a limit of its own before ours.
        at = min(error.problem_mark.index, len(text))
        return (at, at + 1), *TOO_DEEP, "P008"
    return _explain(error, text)


def _explain(error: Exception, text: str) -> tuple[Place, str, str, str]:
    if isinstance(error, ReaderError):
        return _control_character(text)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return (0, 0), *_sentence("escape"), "P001"  # a number beyond Unicode, which only one parser expects
    at = min(error.problem_mark.index, len(text))
    complaint = f"{error.context} {error.problem}"
    if text[at : at + 1] == "?" and "',' or" in complaint:
        return (at, at + 1), *QUESTION_MARK, "P014"
    if text[at : at + 1] == "\t":
        return (at, at + 1), *_TAB, "P001"
    if "cannot start any token" in complaint:
        return (at, at + 1), f"a value cannot begin with {text[at : at + 1]!r}", _QUOTE, "P001"
    if "quoted scalar" in complaint and "end of stream" in complaint and error.context_mark:
        at = error.context_mark.index
    return (at, at + 1), *_sentence(complaint), "P001"


def _sentence(complaint: str) -> tuple[str, str]:
    for piece, message, hint in _ROWS:
        if piece in complaint:
            return message, hint
    return f"this cannot be read as YAML: {complaint.removeprefix('None ')}", _QUOTE


def stray_tab(text: str, quoted: Sequence[Place]) -> tuple[Place, str, str] | None:
    """The first tab outside quoted texts, blocks and comments, which only one of the parsers would take.

    ``quoted`` holds the places of quoted texts and blocks, in their order.
    """
    at = text.find("\t")
    while at >= 0:
        end = _quoted_until(at, quoted) or _comment_until(text, at, quoted)
        if end is None:
            return (at, at + 1), *_TAB
        at = text.find("\t", end)
    return None


def _quoted_until(at: int, quoted: Sequence[Place]) -> int | None:
    index = bisect_right(quoted, (at, sys.maxsize)) - 1
    return quoted[index][1] if index >= 0 and at < quoted[index][1] else None


def _comment_until(text: str, at: int, quoted: Sequence[Place]) -> int | None:
    """The end of the comment that ``at`` lies in, or None."""
    line = text.rfind("\n", 0, at) + 1
    for mark in re.finditer(r"(?:^|\s)#", text[line:at]):
        if _quoted_until(line + mark.end() - 1, quoted) is None:
            end = text.find("\n", at)
            return len(text) if end < 0 else end
    return None


def _control_character(text: str) -> tuple[Place, str, str, str]:
    found = re.search(_NOT_ALLOWED, text)
    at = found.start() if found else 0
    name = f"U+{ord(text[at]):04X}" if text else "?"
    return (at, at + 1), f"a control character, {name}, which no text needs", "Delete it.", "P002"
