"""A sentence -> its clauses, one for each thing that it foretells, and the quote that finds each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forecastlog.english import word_set
from forecastlog.model.records import QUOTE_WORDS
from forecastlog.suggest.anchors import Anchor, Marks
from forecastlog.suggest.cues import Token

_STRONG = word_set("; : ( )") | {"\u2014"}
_JOINS = word_set(
    "and but or so yet while although though whereas since because as which with where then nor plus "
    "adding pointing unlike despite even"
)
_SUBJECTS = word_set("it he she they we i you there this that these those the a an its his her their our")
_EDGE = ' \t\r\n,;:.!?\u2013\u2014()[]"\u201c\u201d*_'
_LEADING = re.compile(
    r"(?:(?:and|but|or|so|yet|while|although|though|whereas|that|also|however|still|nonetheless|nevertheless|"
    r"meanwhile|indeed|moreover|plus)\b[,\s]+)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` with its anchors, of which ``main`` says how likely it is."""

    start: int
    end: int
    anchors: tuple[Anchor, ...]
    main: Anchor
    joined: str = ""
    """The word that joins it to the clause before."""


def clauses_of(marks: Marks, start: int, end: int, apart: Sequence[tuple[int, int]]) -> list[Clause]:
    """The clauses of ``start:end`` that have an anchor; what stands ``apart`` (conditions) gives none."""
    anchors = [one for one in marks.anchors if not any(first <= one.start < last for first, last in apart)]
    if not anchors:
        return []
    pieces: list[tuple[int, str, list[Anchor]]] = [(start, "", [])]
    bounds = _boundaries(marks.tokens, anchors, apart)
    for anchor in anchors:
        inside = pieces[-1][2]
        crossed = [bound for bound in bounds if inside and inside[-1].end <= bound[0] <= anchor.start]
        if crossed and _strong(inside) and (anchor.kind != "belief" or crossed[-1][1] in _JOINS):
            pieces.append((crossed[-1][0], crossed[-1][1], []))
        pieces[-1][2].append(anchor)
    ends = [piece[0] for piece in pieces[1:]] + [end]
    return [
        Clause(first, last, tuple(inside), _main(inside), joined)
        for (first, joined, inside), last in zip(pieces, ends, strict=True)
        if inside
    ]


def _strong(anchors: Sequence[Anchor]) -> bool:
    return any(one.weight >= 2 for one in anchors)


def _boundaries(
    tokens: Sequence[Token], anchors: Sequence[Anchor], apart: Sequence[tuple[int, int]]
) -> list[tuple[int, str]]:
    """Where a clause may begin, and the word that joins it."""
    found = []
    starts = [anchor.start for anchor in anchors]
    for i, token in enumerate(tokens[1:], start=1):
        before = tokens[i - 1].text
        if any(first < token.start < last for first, last in apart):
            continue
        if token.text in _STRONG and i + 1 < len(tokens):
            found.append((tokens[i + 1].start, token.text))
        elif (token.text in _JOINS and before == ",") or (token.text == "that" and before.endswith("ing")):
            found.append((token.start, token.text))
        elif token.text in ("and", "but", "while", "although", "though") and i + 1 < len(tokens):
            after = tokens[i + 1]
            near = any(after.end < start < after.end + 60 for start in starts)
            if near and (after.text in _SUBJECTS or after.start in starts):
                found.append((token.start, token.text))
    return found


_RANK = {
    "stated": 6,
    "worded": 5,
    "own": 5,
    "unread": 4,
    "verb": 4,
    "noun": 3,
    "frame": 4,
    "should": 3,
    "possible": 3,
    "belief": 2,
    "modal": 2,
    "asserted": 2,
    "plan": 1,
    "change": 0,
}


def _main(anchors: Sequence[Anchor]) -> Anchor:
    """The anchor that says how likely it is: a figure before words, words before a bare will.

    Else the first.
    """
    return max(anchors, key=lambda one: (one.weight > 1, _RANK.get(one.kind, 1), one.weight, -one.start))


def quote_of(text: str, clause: Clause, condition: tuple[int, int] | None) -> tuple[int, int]:
    """Where a quote of at most 15 words stands that has the clause's main words and as much of it as fits."""
    start, end = _without(text, clause, condition)
    start, end = _trimmed(text, start, end)
    words = [(start + match.start(), start + match.end()) for match in _WORD.finditer(text[start:end])]
    if not words:
        return clause.main.start, clause.main.end
    if len(words) > QUOTE_WORDS:
        at = next((i for i, (_, last) in enumerate(words) if last > clause.main.start), 0)
        first = 0 if at < QUOTE_WORDS - 6 else max(0, min(at - 5, len(words) - QUOTE_WORDS))
        words = words[first : first + QUOTE_WORDS]
    return _trimmed(text, words[0][0], words[-1][1])


def _without(text: str, clause: Clause, condition: tuple[int, int] | None) -> tuple[int, int]:
    """The clause without a condition before or behind it."""
    start, end = clause.start, clause.end
    if condition is not None:
        first, last = condition
        if start <= first and last <= clause.main.start:
            start = last
        elif clause.main.end <= first < end:
            end = first
    return (start, end) if text[start:end].strip(_EDGE) else (clause.start, clause.end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip(_EDGE))
    lead = _LEADING.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    end = start + len(text[start:end].rstrip(_EDGE))
    return start, end
