"""The words of a text as one line with numerals for number words: "seventy-five per cent" -> "75 %"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from forecastlog.english import SMALL_NUMBERS, TENS_BY_NAME

_POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_PERCENT = r"(?:- )?(?:per (?:- )?cent|percent|pct|pc)(?!\S)"
_PERCENT_STARTS = frozenset(("-", "per", "percent", "pct", "pc"))
_LONGEST_NUMBER = 12  # digits and point; nobody means a longer one as a chance


class Line:
    """The words with numerals for number words ("seventy-five" -> 75), and the way back to the words."""

    def __init__(self, words: Sequence[str]) -> None:
        pieces = list(_numerals(words))
        self.text = " ".join(piece for piece, _, _ in pieces)
        self._offsets = list(accumulate((len(piece) + 1 for piece, _, _ in pieces), initial=0))
        self._spans = [(start, end) for _, start, end in pieces]

    def place(self, word: int) -> int:
        """Where in the text the piece begins that words[word] went into; the end of the text for none."""
        at = bisect_right(self._spans, word, key=lambda span: span[1])
        return self._offsets[at] if at < len(self._spans) else len(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words that text[start:end] was made of."""
        first = bisect_right(self._offsets, start) - 1
        last = bisect_right(self._offsets, end - 1) - 1
        return self._spans[first][0], self._spans[last][1]


def numbers(words: Sequence[str]) -> list[float]:
    """Every number in the words, in numerals or in letters."""
    return [float(piece) for piece, _, _ in _numerals(words) if re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", piece)]


def _numerals(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    at = 0
    while at < len(words):
        start, word = at, words[at]
        value, at = _number(words, at)
        if value is not None:
            yield str(value), start, at
            continue
        at = start + 1
        percent = re.match(_PERCENT, " ".join(words[start : start + 4])) if word in _PERCENT_STARTS else None
        if percent:
            at = start + len(percent[0].split())
            yield "%", start, at
        elif word[0].isdigit() and len(word) > _LONGEST_NUMBER:
            yield "?", start, at
        else:
            yield word.replace(",", ""), start, at


def _number(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """The number that starts at words[at] in letters, and the place after it."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in TENS_BY_NAME:
        unit_at = at + 1 + (following == "-")
        unit = SMALL_NUMBERS.get(words[unit_at], 0) if unit_at < len(words) else 0
        return (
            (TENS_BY_NAME[words[at]] + unit, unit_at + 1)
            if 0 < unit < 10
            else (TENS_BY_NAME[words[at]], at + 1)
        )
    if words[at] in SMALL_NUMBERS or words[at] == "a":
        if following in _POWERS:
            return SMALL_NUMBERS.get(words[at], 1) * _POWERS[following], at + 2
        return SMALL_NUMBERS.get(words[at]), at + 1
    return None, at + 1
