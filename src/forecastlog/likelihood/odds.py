"""Bookmakers' odds as they are listed: "11-2 shot", "the 4-1 favourite", "odds of 7/2", "4-1", "1/2 on".

Odds of 7/2 pay 7 on a stake of 2, so that they are fair where the chance is 2 in 9. The odds of all outcomes
add up to more than 1, which is the bookmaker's margin; no reading takes it out. A score looks the same ("won
4-1"): such a pair counts only as the whole phrase or beside a word of betting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARGIN = "bookmaker's odds as listed; their margin is included"


@dataclass(frozen=True, slots=True)
class Listed:
    """Odds at text[start:end]; ``probability`` is None where ``doubt`` says why they cannot be read."""

    start: int
    end: int
    probability: float | None
    doubt: str = ""


_N = r"(?<!\S)\d+(?:\.\d+)?(?!\S)"
_PAIR = re.compile(
    rf"(?P<a>{_N}) (?P<link>/|-|:|to|- to -) (?P<b>{_N})(?P<on> on(?! (?:a|an|the|\w+ing)(?!\S)))?"
)
_SINGLE = re.compile(
    r"(?<!\S)(?:\+ (?P<plus>\d{3,5})|-(?P<minus>\d{3,5})|(?P<decimal>\d+\.\d+))(?= ?$| (?:with|at|on|for|to"
    r"|by|that|and)(?!\S))"
)

_FIRMS = r"bookmakers?|bookies?|sportsbooks?|oddsmakers?|punters?|betfair|ladbrokes|moneyline|betting"
_FAVOURITE = r"favou?rites?|underdogs?|outsiders?"
_BEFORE = re.compile(
    rf"(?<!\S)(?:odds|price|priced|quoted|quotes?|backed|bets?|offers?|offered|offering|available|{_FIRMS}|{_FAVOURITE})"
    r"(?: \S+){0,3} ?$"
)
_SHORT = re.compile(r"(?<!\S)(?:favou?rites?|odds - on)(?: \S+){0,2} ?$")
_ODDS_BEFORE = re.compile(r"(?<!\S)(?:odds|moneyline)(?: (?:of|at|are|is|:|now|from|stand|with))* ?$")
_AFTER = re.compile(
    rf"(?: -)?(?: (?:long|second|joint|hot|rank|odds|on|-|clear|rated|pre|tournament|early)){{0,3}}"
    rf" (?:shots?|{_FAVOURITE}|chances?|odds|price|bet)(?!\S)"
    rf"|(?: \S+)? (?:with|at|by)(?: (?:the|most|some|several|\S+))? (?:{_FIRMS})(?!\S)"
)
_NO_ODDS = re.compile(
    r"(?: -)? (?:wins?|winners?|victory|loss|defeat|lead|draw|votes?|decision|score|scoreline|aggregate"
    r"|majority)(?!\S)| (?:against|for|in favou?r)(?!\S)"
)
"""A score, or a side that is named and read by ``figures.py``."""
_ARTICLE = re.compile(r"(?:(?:an?|the) )?")
_SPLIT_AFTER = re.compile(r"(?: -)? (?:chances?|favou?rites?|odds|shot|that|in favou?r)(?!\S)")
_LARGEST = 10_000


def bookmakers(text: str) -> Iterator[Listed]:
    """The listed odds in a line of words with numerals, left to right."""
    for match in _PAIR.finditer(text):
        listed = _pair(text, match)
        if listed:
            yield listed
    for match in _SINGLE.finditer(text):
        if _ODDS_BEFORE.search(text, 0, match.start()):
            yield Listed(match.start(), match.end(), _single(match))


def _pair(text: str, match: re.Match[str]) -> Listed | None:
    a, b = float(match["a"]), float(match["b"])
    after = text[match.end() :]
    if not (0 < a <= _LARGEST and 0 < b <= _LARGEST) or _NO_ODDS.match(after):
        return None
    if match["on"]:
        return Listed(match.start(), match.end(), _share(max(a, b), min(a, b)))
    if a + b == 100 and a % 5 == 0:
        split = _SPLIT_AFTER.match(after)
        return Listed(match.start(), match.end() + split.end(), a / 100) if split else None
    if not after.strip() and _ARTICLE.fullmatch(text[: match.start()]):
        return _bare(match, a, b)
    return _beside(text, match, a, b)


def _bare(match: re.Match[str], a: float, b: float) -> Listed | None:
    """Reads "4-1" and "7/2" as the whole phrase; "3:1" and "60-70" may be anything."""
    if match["link"] == "/" and a < b:
        return Listed(
            match.start(), match.end(), None, "a share, or odds as listed? Write '1 in 2' or '1/2 on'"
        )
    listed = match["link"] in {"/", "-"} and a >= b
    return Listed(match.start(), match.end(), _share(b, a)) if listed else None


def _beside(text: str, match: re.Match[str], a: float, b: float) -> Listed | None:
    """Reads a pair beside a word of betting; "2 to 1" in favour of whom has to be said."""
    before, beside = text[: match.start()], _AFTER.match(text[match.end() :])
    kind = beside[0] if beside else ""
    if not (beside or _BEFORE.search(before)) or ("chance" in kind and a < b):
        return None
    end = match.end() + len(kind)
    spoken = match["link"] not in {"/", "-"}
    short = bool(kind or _SHORT.search(before))
    if (spoken and ("favo" in kind or before.endswith("odds are "))) or (a < b and not short):
        return Listed(
            match.start(), end, None, "odds for it or against it? Write '3 to 1 on' or '3 to 1 against'"
        )
    return Listed(match.start(), end, _share(b, a))


def _single(match: re.Match[str]) -> float | None:
    """American odds pay +250 on 100, or 100 on -150; decimal odds are the stake and the gain together."""
    if match["plus"]:
        return _share(100, float(match["plus"]))
    if match["minus"]:
        return _share(float(match["minus"]), 100)
    decimal = float(match["decimal"])
    return round(1 / decimal, 9) if decimal > 1 else decimal


def _share(part: float, other: float) -> float:
    return round(part / (part + other), 9)
