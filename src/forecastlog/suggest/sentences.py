"""A text -> its paragraphs and sentences.

With their places, who has the word, and what is said again marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forecastlog.english import SHORT_MONTHS

LONGEST = 1500  # characters of a sentence; what goes on longer is cut, so that no text takes long

_BREAK = re.compile(r"\n[ \t\r]*\n\s*|\n(?=[ \t]*(?:[-*\u2022\u2013#>]|\d+[.)])[ \t]+\S)")
_TURN = re.compile(
    r"[ \t]*(?:\[?(?P<at>\d{1,2}:\d\d(?::\d\d)?)(?:[.,]\d+)?\]?[ \t]+)?"
    r"(?P<name>[A-Z][\w.'\u2019\-]*(?:[ ](?:[A-Z][\w.'\u2019\-]*|de|van|von|der|al|bin)){0,4})"
    r"(?:[ ]*[(,\u2013\u2014\-][^:\n]{0,60})?:[ \t]+(?=\S)"
)
_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]*_]*(?=\s)|[.!?][\"\u201d]+(?=[\u2014\u2013])")
_ABBREVIATED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "sgt",
        "st",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
        "corp",
        "vs",
        "etc",
        "fig",
        "approx",
        "est",
        "dept",
        *SHORT_MONTHS,
        "mt",
        "ft",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "u.n",
        "d.c",
        "ph.d",
        "al",
        "rev",
        "hon",
        "capt",
        "cmdr",
        "adm",
    ]
)
_OPENS = re.compile(r"\s*[\"'\u201c\u2018(\[*_]*[A-Z0-9$\u20ac\u00a3]")
_LIST_MARK = re.compile(r"[ \t]*(?:[-*\u2022\u2013#>]+|\d+[.)])[ \t]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``; ``turn`` is who has the word, and ``again`` marks a pull quote."""

    start: int
    end: int
    text: str
    paragraph: int
    turn: str = ""
    again: bool = False


def sentences_of(text: str) -> list[Sentence]:
    """The sentences in their order; a headline or an item of a list is one.

    >>> [one.text for one in sentences_of("Mr. Holt left. Prices will rise, he said.")]
    ['Mr. Holt left.', 'Prices will rise, he said.']
    """
    found: list[Sentence] = []
    turn, transcript = "", _is_transcript(text)
    seen: set[str] = set()
    for number, (start, end) in enumerate(_paragraphs(text)):
        spoken, offset = (_turn(text, start, end) if transcript else None), start
        if spoken is not None:
            turn, offset = spoken
        for first, last in _split(text, offset, end):
            sentence = text[first:last]
            folded = " ".join(sentence.casefold().split())
            again = len(folded) > 40 and folded in seen  # a pull quote
            seen.add(folded)
            found.append(Sentence(first, last, sentence, number, turn, again))
    return found


def _is_transcript(text: str) -> bool:
    """Whether lines begin with the names of those who speak: three of them, or half of all."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    turns = sum(_TURN.match(line) is not None for line in lines)
    return turns >= 3 or 2 * turns >= len(lines) > 1


def _turn(text: str, start: int, end: int) -> tuple[str, int] | None:
    match = _TURN.match(text, start, end)
    if match is None:
        return None
    return match["name"], match.end()


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield from _by_turn(text, start, match.start())
        start = match.end()
    yield from _by_turn(text, start, len(text))


def _by_turn(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph cut where a line ends a sentence.

    Single line breaks part paragraphs, or turns, in many files.
    """
    first = start
    place = text.find("\n", start, end)
    while place != -1:
        before, after = text[first:place].rstrip(), text[place + 1 : place + 200].lstrip()
        if before and after and (_ends(before) or _TURN.match(after) or _is_caption(text, first, place, end)):
            yield first, place
            first = place + 1
        place = text.find("\n", place + 1, end)
    if text[first:end].strip():
        yield first, end


def _is_caption(text: str, first: int, place: int, end: int) -> bool:
    """Whether a line is no part of the one below: much shorter, which no wrapped line is before the last."""
    below = text.find("\n", place + 1, end)
    length = (end if below == -1 else below) - place - 1
    after = text[place + 1 : place + 40].lstrip("\"'\u201c\u2018 ")
    return 2 * (place - max(first, text.rfind("\n", first, place))) < length and after[:1].isupper()


def _ends(line: str) -> bool:
    return line.rstrip("\"'\u201d\u2019)*_")[-1:] in (".", "!", "?", ":", "\u2026", "")


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, without the spaces around them."""
    mark = _LIST_MARK.match(text, start, end)
    first = mark.end() if mark else start
    for match in _END.finditer(text, first, end):
        if match.end() - first < LONGEST and not _is_end(text, first, match):
            continue
        yield from _stripped(text, first, match.end())
        first = match.end()
    yield from _stripped(text, first, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first in range(start, end, LONGEST):
        last = min(end, first + LONGEST)
        piece = text[first:last]
        left = first + len(piece) - len(piece.lstrip())
        right = first + len(piece.rstrip())
        if left < right:
            yield left, right


def _is_end(text: str, first: int, match: re.Match[str]) -> bool:
    """Whether a sentence is over: not after an abbreviation, an initial, or before a small letter."""
    after = text[match.end() : match.end() + 12]
    if after.strip() and not _OPENS.match(after):
        return False
    if match.group()[0] != "." or len(match.group()) > 1:
        return True
    word = text[max(first, match.start() - 12) : match.start()].split()[-1:]
    last = word[0].lower().lstrip("(\"'\u201c") if word else ""
    initial = len(last) == 1 and last.isalpha() and last != "i"
    numbered = last == "no" and after.strip()[:1].isdigit()
    return not (initial or numbered or last in _ABBREVIATED)
