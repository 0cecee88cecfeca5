"""Where things stand in a YAML text: lines, columns, and the true end of a value.

The parser's end marks cannot be used for blocks: a folded text's end swallows the blank lines after it, and
a block collection's end the comments too.
"""

from __future__ import annotations

import re

from forecastlog.ledger.nodes import Map, Node, Scalar

# The ends of line of YAML 1.1, so that places agree with the parsers'.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def newline_of(text: str) -> str:
    """How this text ends its lines, by its first one."""
    match = re.search(r"\r\n|\n", text)
    return match[0] if match else "\n"


def line_start(text: str, place: int) -> int:
    """Where the line of ``place`` begins."""
    start = text.rfind("\n", 0, place) + 1
    return max(start, *(text.rfind(end, start, place) + 1 for end in "\r\x85\u2028\u2029"))


def next_line(text: str, place: int) -> int:
    """Where the line after that of ``place`` begins: the end of the text for the last one."""
    match = _LINE_END.search(text, place)
    return match.end() if match else len(text)


def column(text: str, place: int) -> int:
    """How many characters stand before ``place`` on its line."""
    return place - line_start(text, place)


def style(text: str, node: Scalar) -> str:
    """The character that opens a scalar: a quote, ``|``, ``>``, or nothing for a plain one."""
    return "" if node.plain else text[node.start]


def end_of(text: str, node: Node) -> int:
    """The end of what belongs to a node, without blank lines and comments after it."""
    if isinstance(node, Scalar):
        return block_end(text, node.start) if style(text, node) in ("|", ">") else node.end
    if node.flow:
        return node.end
    last = node.pairs[-1][1] if isinstance(node, Map) else node.items[-1]
    # An empty value may be marked where the next thing starts; its key or dash ends it.
    if isinstance(last, Scalar) and last.start == last.end:
        return node.pairs[-1][0].end if isinstance(node, Map) else last.start
    return end_of(text, last)


def block_end(text: str, start: int) -> int:
    """The end of the last line of the folded or literal text whose header starts at ``start``."""
    place = next_line(text, start)
    end = len(text[start:place].rstrip("\r\n\x85\u2028\u2029")) + start
    header = text[start + 1 : end].split("#", maxsplit=1)[0]
    indent, keep = block_indent(text, start), "+" in header
    blank_end = end
    while place < len(text):
        after = next_line(text, place)
        line = text[place:after].rstrip("\r\n\x85\u2028\u2029")
        if len(line) > indent and not line[:indent].strip(" "):
            end = blank_end = place + len(line)
        elif not line.strip(" "):
            blank_end = place + len(line)
        else:
            break
        place = after
    return blank_end if keep else end


def block_indent(text: str, start: int) -> int:
    """The column in which the lines of a folded or literal text begin.

    A digit in the header counts from the enclosing key, which stands on the header's line.
    """
    place = next_line(text, start)
    digit = re.search(r"\d", text[start + 1 : place].split("#", maxsplit=1)[0])
    if digit:
        return _key_column(text, start) + int(digit[0])
    while place < len(text):
        after = next_line(text, place)
        line = text[place:after].rstrip("\r\n\x85\u2028\u2029")
        if line.strip(" "):
            return max(len(line) - len(line.lstrip(" ")), 1)
        place = after
    return _key_column(text, start) + 2


def after_lines(text: str, end: int, beyond: int) -> int:
    """The start of the line after ``end``, past comments that stand deeper than column ``beyond``.

    A comment that is indented like the parts of a thing belongs to the thing above it.
    """
    place = found = next_line(text, end)
    while place < len(text):
        after = next_line(text, place)
        line = text[place:after].strip()
        if line.startswith("#") and text.index("#", place) - place > beyond:
            found = after
        elif line:
            break
        place = after
    return found


def _key_column(text: str, place: int) -> int:
    line = text[line_start(text, place) : place]
    return len(line) - len(line.lstrip("- "))
