"""Figures that are said to be chances: "70%", "two in three", "odds of 4 to 1 against", "a coin flip".

A figure counts only where the text makes it a chance: it stands alone ("about 70%"), before a word for it
("a 70% chance", "70% sure") or after one ("the odds are 70%", "puts the chance of a deal at 70%").
"35 percent of arms" and "will grow by 3%" are no chances.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Figure:
    """A chance at words[start:end]; ``bounds`` (low, probability, high) is None where it cannot be one: 101%."""

    start: int
    end: int
    rule: str
    bounds: tuple[float, float, float] | None


_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_PERCENT = r"(?:- )?(?:per (?:- )?cent|percent|pct|pc)(?!\S)"
_PERCENT_STARTS = frozenset(("-", "per", "percent", "pct", "pc"))
_LONGEST_NUMBER = 12  # digits and point; nobody means a longer one as a chance

_N = r"(?<!\S)(?:\d+(?:\.\d+)?|\.\d+)(?!\S)"
_SHAPES = {
    "range": rf"(?P<between>between )?(?:from )?(?P<a>{_N})(?: %)? (?P<link>-|to|and) (?P<b>{_N})(?P<percent> %)?",
    "odds": rf"(?P<a>{_N}) (?:to|:|/|-|- to -) (?P<b>{_N}) (?P<side>on|for|against|in favor|in favour)(?!\S)",
    "even": r"(?<!\S)(?:50 (?:[-/:] )?50|coin (?:- )?(?:flip|toss)|(?:flip|toss) of a coin)(?!\S)",
    "ratio": rf"(?P<a>{_N}) (?:- )?(?:in|out of|times out of|chances? in|chances? out of)(?: - | every | )(?P<b>{_N})",
    "fraction": rf"(?P<a>{_N}) (?:/ (?P<b>{_N})|(?:- )?(?P<part>half|thirds?|quarters?|fifths?|tenths?))(?!\S)",
    "percent": rf"(?P<a>{_N}) %",
    "decimal": r"(?<!\S)(?P<a>0?\.\d+|1\.0+|0\.0+)(?!\S)",
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}

_LEAST = (
    "at least|no less than|not less than|no fewer than|more than|over|above|better than|greater than|upwards of"
    "|north of|as low as|> =|>"
)
_MOST = (
    "at most|at best|no more than|not more than|less than|fewer than|under|below|lower than|up to|as much as|as high as"
    "|< =|<"
)
_ABOUT = (
    "in the range of|somewhere|slightly|a|an|the|about|around|roughly|approximately|approx|some|perhaps|maybe|nearly|almost|circa|ca|exactly|only"
    "|just|say|~|well"
)
_LEAD = rf"(?:(?<!\S)(?:(?:{_ABOUT})|(?P<least>{_LEAST})|(?P<most>{_MOST})) )*$"
_TAIL = (
    r"(?: (?:(?P<least>\+|(?:or|and) (?:more|higher|greater|better|above))"
    r"|(?P<most>(?:or|and) (?:less|lower|below|under)|at best|at most)|or so)(?!\S))?"
)

_NOUN = "chances?|odds|probability|prob|likelihood|possibility"
_CHANCE_AFTER = rf" (?:- )?(?:{_NOUN}|shot|likely|probable|certain|certainty|sure|confident)(?!\S)"
_CHANCE_BEFORE = (
    rf"(?<!\S)(?:{_NOUN}) of .* [:=] ?$"
    rf"|(?<!\S)(?:{_NOUN}) (?:of|for) (?:\S+ ){{1,5}}(?:is|are|was|were|stands?|remains?)(?: at)? ?$"
    rf"|(?<!\S)(?:p|{_NOUN})(?: (?:of|is|are|at|was|were|as|:|=|stands?|be|now|currently|remains?))* ?$"
    rf"|(?<!\S)(?:puts?|putting|estimate[sd]?|rate[sd]?|place[sd]?|give[sn]?|gave|sees?|price[sd]?) (?:.* )?"
    rf"(?:it|this|that|{_NOUN}) (?:.* )?at ?$"
)
_OPENING = r"(?:(?:i|we|would|give|think|guess|there|it|this|that|is|are|be|with|at|my|odds of) ?)*$"
_COPULA = r"(?<!\S)(?:is|are|was|be|remains?|looks|still|like|basically|essentially|at|'s) ?$"
_CLOSING = r" ?$| (?:that|by|for|before|this|within|next)(?!\S)"
_MID_LIST = r"\d(?: %)?(?: (?:and|or|to|-|/|:))? ?$|(?:^|\s)[-+] ?$"


def figures(words: Sequence[str]) -> list[Figure]:
    """The figures of a text that are said to be chances, left to right, none inside another."""
    line = _Line(words)
    found: list[Figure] = []
    for rule, shape in _SHAPES.items():
        for match in re.finditer(shape, line.text):
            figure = _chance(line, rule, match)
            if figure and not any(figure.start < other.end and other.start < figure.end for other in found):
                found.append(figure)
    return sorted(found, key=lambda figure: figure.start)


class _Line:
    """The words with numerals for number words ("seventy-five" -> 75), and the way back to the words."""

    def __init__(self, words: Sequence[str]) -> None:
        pieces = list(_numerals(words))
        self.text = " ".join(piece for piece, _, _ in pieces)
        self._offsets = list(accumulate((len(piece) + 1 for piece, _, _ in pieces), initial=0))
        self._spans = [(start, end) for _, start, end in pieces]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words that text[start:end] was made of."""
        first = bisect_right(self._offsets, start) - 1
        last = bisect_right(self._offsets, end - 1) - 1
        return self._spans[first][0], self._spans[last][1]


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
    if words[at] in _TENS:
        unit_at = at + 1 + (following == "-")
        unit = _UNITS.get(words[unit_at], 0) if unit_at < len(words) else 0
        return (_TENS[words[at]] + unit, unit_at + 1) if 0 < unit < 10 else (_TENS[words[at]], at + 1)
    if words[at] in _UNITS or words[at] == "a":
        if following in _POWERS:
            return _UNITS.get(words[at], 1) * _POWERS[following], at + 2
        return _UNITS.get(words[at]), at + 1
    return None, at + 1


def _chance(line: _Line, rule: str, match: re.Match[str]) -> Figure | None:
    lead = re.search(_LEAD, line.text[: match.start()])
    tail = re.match(_TAIL, line.text[match.end() :])
    if lead is None or tail is None:
        return None
    end = match.end() + tail.end()
    before, after = line.text[: lead.start()], line.text[end:]
    if re.search(_MID_LIST, before):
        return None
    noun = re.match(_CHANCE_AFTER, after)
    alone = rule != "fraction" and bool(re.match(_OPENING, before)) and bool(re.match(_CLOSING, after))
    said = bool(re.search(_CHANCE_BEFORE, before)) and bool(re.match(_CLOSING, after))
    if rule == "even":
        alone = alone or bool(re.search(_COPULA, before))
    if not (noun or alone or said):
        return None
    end += noun.end() if noun else 0
    later = re.match(_TAIL, line.text[end:]) if noun else None
    least = lead["least"] or tail["least"] or (later and later["least"])
    most = lead["most"] or tail["most"] or (later and later["most"])
    point = _points(rule, match)
    if point is None or _says_nothing(lead[0], point[1], bool(least), bool(most)):
        return None
    start, stop = line.span(lead.start(), end + (later.end() if later else 0))
    return Figure(start, stop, "bound" if least or most else rule, _bounded(point, bool(least), bool(most)))


def _says_nothing(lead: str, point: float, least: bool, most: bool) -> bool:
    """True for "less than 100%" and "more than 0%", and for "nearly 100%", which is not 100%."""
    nearly = not {"nearly", "almost"}.isdisjoint(lead.split())
    return (point == 1 and (most or nearly)) or (point == 0 and (least or nearly))


def _points(rule: str, match: re.Match[str]) -> tuple[float, float, float] | None:
    """Low, probability, high of the figure itself, unchecked; None where the shape says no probability."""
    if rule == "range":
        return _range(match)
    point = 0.5 if rule == "even" else _share(rule, match)
    return None if point is None else (point, point, point)


def _range(match: re.Match[str]) -> tuple[float, float, float] | None:
    """Reads "between 60 and 70 %" or "0.6 to 0.7"; neither "60 and 70 %" nor "between 70 and 60 %"."""
    whole = 100 if match["percent"] else 1
    if whole == 1 and not ("." in match["a"] and "." in match["b"]):
        return None
    low, high = round(float(match["a"]) / whole, 9), round(float(match["b"]) / whole, 9)
    together = (match["between"] is None) == (match["link"] != "and")
    return (low, round((low + high) / 2, 9), high) if together and low <= high else None


def _share(rule: str, match: re.Match[str]) -> float | None:
    a = float(match["a"])
    if rule in {"percent", "decimal"}:
        return round(a / 100, 9) if rule == "percent" else a
    b = (
        float(match["b"] or 0)
        if rule != "fraction" or match["b"]
        else float(_PARTS[match["part"].rstrip("s")])
    )
    if rule == "odds":
        a, b = (b if match["side"] == "against" else a), a + b
    elif 1900 <= b <= 2100:
        return None  # "1 in 2025" names a year
    return round(a / b, 9) if b else math.inf


def _bounded(
    points: tuple[float, float, float], least: bool, most: bool
) -> tuple[float, float, float] | None:
    """The figure named stays the probability; "at least" and "at most" open the band to the end.

    The middle of "at least 10%" would be 55%, which nobody said.
    """
    low, point, high = points
    if not 0 <= low <= point <= high <= 1 or (least and most):
        return None
    return (0.0 if most else low), point, (1.0 if least else high)
