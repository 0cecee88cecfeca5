"""Lines of Markdown, or of a page's source pasted as it is -> lines with the marks of Markdown alone.

What a page strikes through, sets in italics or in bold has ``~~``, ``*`` and ``**`` around it; its items
begin with ``-``, its headings with ``#``, the cells of its tables with ``|``. A line keeps the number that
it has in the file.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]{0,1000})>|<!--.*?-->")
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
_COMMENTS = re.compile(
    r"""(?:id|class)\s*=\s*["'](?:[^"']*\s)?comments?(?:-?(?:list|area|section|thread|wrap(?:per)?))?["'\s]""",
    re.IGNORECASE,
)
"""A part of a page that holds what its readers wrote."""
_PARTS = frozenset(("div", "section", "ol", "ul", "aside"))
_STRIKES = "line-through"
_CLASS = re.compile(rf"\.([\w-]{{1,100}})\s{{0,9}}{{[^{{}}]{{0,1000}}{_STRIKES}")
"""A style sheet's class that strikes through, as word processors write them."""
_NAMED = re.compile(r"""class\s*=\s*["']?([\w\s-]+)""", re.IGNORECASE)
_INLINE = {"s": "~~", "del": "~~", "strike": "~~", "b": "**", "strong": "**", "i": "*", "em": "*"}
_BREAKS = frozenset(("p", "br", "div", "li", "ol", "ul", "table", "tr", "section", "article", "blockquote"))
_HEADING = re.compile(r"h[1-6]")
_CELLS = frozenset(("td", "th"))
_WITHIN_A_CELL = frozenset(("p", "br", "div"))
"""What begins a line anywhere but in a row of a table."""
_EMPTY = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "col"))
"""Tags without content, which are never closed."""
_ENDED_BY: Mapping[str, frozenset[str]] = {
    "li": frozenset(("li", "p")),
    **dict.fromkeys(_CELLS, _CELLS | {"p"}),
    "tr": _CELLS | {"tr", "p"},
}
"""Tags that may be left unclosed, by the tag that ends them then; of other parts of a page it is p."""
_LONGEST = 100_000
"""Characters of an item that is never closed, after which it ends all the same."""
_STRUCK_LETTERS = re.compile("(?:[^\u0336]\u0336)+")


class Line(NamedTuple):
    """A line and its number in the file."""

    number: int
    text: str


@dataclass(slots=True)
class _Reader:
    """What is open at a place of the file."""

    marks: dict[str, int] = field(default_factory=dict)
    """The marks that hold, the outermost first, each with how many open tags set it."""
    item: bool = False
    """Whether an item or a row of a page is open, which ends with its tag and not with the line."""
    row: bool = False
    """Whether it is a row of a table."""
    waiting: str = ""
    """What stood so far in it, or the sign of an item whose text follows."""
    began: int = 0
    styled: list[tuple[str, str]] = field(default_factory=list)
    """The other tags that are open, with the mark of their style, nothing where it has none."""
    opened: Counter[str] = field(default_factory=Counter)
    """How many of these there are of each name."""
    sheet: str = ""
    """The style sheet that is open."""
    classes: set[str] = field(default_factory=set)
    """Classes that strike through."""
    unseen: str = ""
    """The tag that is open whose content no reader of the page sees."""
    comments: int = 0
    """The line in which the readers' comments begin, after which nothing is read; 0 where none was seen."""

    def lines(self, number: int, line: str) -> Iterator[Line]:
        """The lines that a line of the file ends."""
        place = 0
        for tag in _TAG.finditer(line):
            self._add(number, line[place : tag.start()])
            place = tag.end()
            if tag[2] and self._is_seen(number, tag[2].casefold(), tag[3], closing=bool(tag[1])):
                yield from self._tag(number, tag[2].casefold(), tag[3], closing=bool(tag[1]))
            if len(self.waiting) > _LONGEST:
                yield from self._end()
        self._add(number, line[place:])
        if not self.item or len(self.waiting) > _LONGEST:
            yield from self._end()
        elif self.waiting:
            self.waiting += " "

    def _is_seen(self, number: int, name: str, about: str, *, closing: bool) -> bool:
        """Whether a tag stands where the page's author is read."""
        if name in _UNSEEN and not (closing and name != self.unseen):
            self.classes.update(_CLASS.findall(self.sheet))
            self.sheet = ""
            self.unseen = "" if closing else self.unseen or name
        elif name in _PARTS and not closing and not self.comments and _COMMENTS.search(about):
            self.comments = number
        return not (self.unseen or self.comments)

    def _tag(self, number: int, name: str, about: str, *, closing: bool) -> Iterator[Line]:
        if mark := _INLINE.get(name):
            self._inline(number, mark, closing=closing)
            return
        is_part = name in _BREAKS or bool(_HEADING.fullmatch(name))
        goes_on = self.row and name in _WITHIN_A_CELL
        begun = not closing and name == "p" and not goes_on and not self.waiting.strip("-~* ")
        if goes_on:
            self._add(number, " ")
        elif is_part and not begun:
            yield from self._end()
        self._style(number, name, about, is_part=is_part, closing=closing)
        if is_part and not goes_on:
            self._begin(number, name, closing=closing)
        elif name in _CELLS and self.row and not closing:
            self._cell(number)

    def _begin(self, number: int, name: str, *, closing: bool) -> None:
        """Note where an item, a row or a heading begins, and where it ends."""
        if name in ("li", "tr", "ol", "ul", "table"):
            self.item = name in ("li", "tr") and not closing
            self.row = name == "tr" and not closing
        if not closing and (name == "li" or name.startswith("h")):
            sign = "- " if name == "li" else f"{'#' * int(name[1])} "
            self.waiting = sign + "".join(self.marks)
            self.began = number

    def _cell(self, number: int) -> None:
        """Begin a cell, in which the marks that are open go on."""
        ended = "".join(reversed(self.marks))
        if not self.waiting or self.waiting.isspace():
            self.began, self.waiting, ended = number, "", ""
        self.waiting += f"{ended} | {''.join(self.marks)}"

    def _style(self, number: int, name: str, about: str, *, is_part: bool, closing: bool) -> None:
        """Take in what a tag's style or class does to what stands in it."""
        if closing:
            while self.opened[name] and self._close(number) != name:
                pass
            return
        ended = _ENDED_BY.get(name, frozenset("p") if is_part else frozenset())
        while self.styled and self.styled[-1][0] in ended:
            self._close(number)
        if name in _EMPTY:
            return
        named = _NAMED.search(about)
        strikes = _STRIKES in about or (named and self.classes & set(named[1].split()))
        self.styled.append((name, "~~" if strikes else ""))
        self.opened[name] += 1
        if strikes and (name in ("li", "tr") or _HEADING.fullmatch(name)):
            self._mark("~~")  # which stands behind the sign that follows
        elif strikes:
            self._inline(number, "~~", closing=False)

    def _close(self, number: int) -> str:
        """End the last of the open tags: its name."""
        name, mark = self.styled.pop()
        self.opened[name] -= 1
        if mark:
            self._inline(number, mark, closing=True)
        return name

    def _inline(self, number: int, mark: str, *, closing: bool) -> None:
        """Begin or end a tag that sets what stands in it; within another that sets it so it adds nothing."""
        if not closing:
            if mark not in self.marks:
                self._add(number, mark)
            self._mark(mark)
        elif mark in self.marks:
            self.marks[mark] -= 1
            if not self.marks[mark]:
                del self.marks[mark]
                self.waiting += mark if self.waiting else ""

    def _mark(self, mark: str) -> None:
        self.marks[mark] = self.marks.get(mark, 0) + 1

    def _add(self, number: int, text: str) -> None:
        if self.unseen == "style":
            self.sheet = (self.sheet + text)[:_LONGEST]
        if self.unseen or self.comments:
            return
        if not self.waiting:
            self.began = number
            self.waiting = "".join(self.marks) if text.strip() else ""
        self.waiting += text

    def _end(self) -> Iterator[Line]:
        text, self.waiting = html.unescape(self.waiting).rstrip(), ""
        if text:
            yield Line(self.began, _marked(text, self.marks))


def _marked(text: str, still_open: Iterable[str]) -> str:
    """A line with what is open closed at its end.

    Letters struck through one by one are told at once.
    """
    text = _STRUCK_LETTERS.sub(lambda found: f"~~{found[0].replace(chr(0x336), '')}~~", text)
    return text + "".join(reversed([*still_open]))


def plain_lines(lines: Iterable[str], note: Callable[[str], None] = lambda _: None) -> Iterator[Line]:
    """The lines of a text with the marks of Markdown alone; what is left aside is said to ``note``.

    >>> [line.text for line in plain_lines(["<ol><li>It rains: 70%</li>",
    ...     "<li><s>It snows &ndash; 40%</s></li></ol>"])]
    ['- It rains: 70%', '- ~~It snows – 40%~~']
    """
    reader, number = _Reader(), 0
    for number, line in enumerate(lines, 1):
        yield from reader.lines(number, line.rstrip("\r\n"))
        if reader.comments:
            note(f"The comments of the page, from line {number:,} on, are left aside.")
            break
    yield from reader.lines(number, "</ul>")
