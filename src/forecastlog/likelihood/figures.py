"""Figures that are said to be chances: "70%", "two in three", "odds of 4 to 1 against", "a coin flip".

A figure counts only where the text makes it a chance: it stands alone ("about 70%"), before a word for it
("a 70% chance", "70% sure") or after one ("the odds are 70%", "puts the chance of a deal at 70%").
"35 percent of arms" and "will grow by 3%" are no chances.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forecastlog.likelihood.beside import TWO_FIGURES, why_not
from forecastlog.likelihood.numerals import Line
from forecastlog.likelihood.odds import MARGIN, Listed, bookmakers
from forecastlog.likelihood.words import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at words[start:end].

    A chance, with ``bounds`` (low, probability, high), or ``refused`` for a reason.

    ``note`` is what has to be known beside a chance: that a bookmaker's margin is in it.
    """

    start: int
    end: int
    rule: str
    bounds: tuple[float, float, float] | None = None
    refused: str = ""
    note: str = ""


_PART_NAMES = "half|thirds?|quarters?|fifths?|tenths?"
_N = r"(?<!\S)(?:\d+(?:\.\d+)?|\.\d+)(?!\S)"
_SHAPES = {
    "change": rf"from (?P<old>{_N})(?: %)? to (?P<a>{_N}) %",
    "range": (
        rf"(?P<between>between )?(?:from )?(?P<a>{_N})(?: %)? "
        rf"(?P<link>-|to|and) (?P<b>{_N})(?P<percent> %)?"
    ),
    "odds": (
        rf"(?P<a>{_N}) (?:to|:|/|-|- to -) (?P<b>{_N}) (?P<side>for(?= ?$)|against|in favor|in "
        rf"favour)(?!\S)"
    ),
    "even": r"(?<!\S)(?:50 (?:[-/:] )?50|coin (?:- )?(?:flip|toss)|(?:flip|toss) of a coin)(?!\S)",
    "ratio": (
        rf"(?P<a>{_N}) (?:- )?(?:in|out of|times out of|chances? in|chances? out of)(?: "
        rf"- | every | )(?P<b>{_N})"
    ),
    "fraction": (
        rf"(?:(?P<a>{_N}) (?:/ (?P<b>{_N})|(?:- )?(?P<part>{_PART_NAMES}))|(?:(?<!\S)an? "
        rf")?(?<!\S)(?P<one>{_PART_NAMES}))(?!\S)"
    ),
    "percent": rf"(?P<a>{_N}) %",
    "decimal": r"(?<!\S)(?P<a>0?\.\d+|1\.0+|0\.0+)(?!\S)",
}
_UNCLAIMED = ("ratio", "percent", "fraction")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}

_LEAST = (
    "at least|no less than|not less than|no fewer than|more than|over|above|better than|greater "
    "than|upwards of|north of|as low as|no lower than|> =|>"
)
_MOST = (
    "at most|at best|no (?:more|better|higher|greater) than|not more than|less than|fewer "
    "than|under|below|lower than|up to|as much as|as high as|< =|<"
)
_ABOUT = (
    "in the range "
    "of|somewhere|slightly|a|an|the|about|around|roughly|approximately|approx|some|perhaps|maybe|nearly"
    "|almost|circa|ca|exactly|only|just|say|~|well"
)
_LEAD = rf"(?:(?<!\S)(?:(?:{_ABOUT})|(?P<least>{_LEAST})|(?P<most>{_MOST})) )*$"
_TAIL = (
    r"(?: (?:(?P<least>\+|(?:or|and) (?:more|higher|greater|better|above))"
    r"|(?P<most>(?:or|and) (?:less|lower|below|under)|at best|at most)|or so)(?!\S))?"
)

_NOUN = "chances?|odds|probability|probabilities|prob|likelihood|possibility|prospects?|risks?|hopes"
_CHANCE_AFTER = (
    r" (?:- )?(?:chances?|odds|probability|prob|likelihood|possibility|prospects?|risks?(?! (?:premium"
    r"|weight))|shot|likely|probable|certain|certainty|sure|confident|favou?rites?|underdogs?|priced - in"
    r"|priced in)(?!\S)"
)
_STANDS = (
    "is|are|was|were|stands?|stood|remains?|remained|sits?|hovers?"
    "|(?:could|may|might|would|can|will|should) (?:(?:well|even|still|now|soon) )?be"
)
_MOVED = (
    "rose|risen|rises|fell|fallen|climbed|climbs|jumped|jumps|dropped|drops|increased|decreased|slipped"
    "|improved|soared|shrank|shrunk|up|down"
)
_MOVES = (
    "raises?|raised|raising|lifts?|lifted|lifting|cuts?|cutting|lowers?|lowered|increases?|increased"
    "|reduces?|reduced|boosts?|boosted|bumps?|bumped|trims?|trimmed|ups?|upped|hikes?|hiked|slash(?:es|ed)?"
    "|revis(?:es|ed)|moved?|brings?|brought|takes?|took"
)
_PUTS = (
    "puts?|putting|estimate[sd]?|rate[sd]?|place[sd]?|give[sn]?|gave|sees?|price[sd]?|pricing|peg(?:s|ged)?"
    "|sets?|assess(?:es)?|calculate[sd]?|reckons?"
)
_MARKETS = "polymarket|kalshi|predictit|manifold|(?:prediction|betting) (?:markets?|exchanges?|sites?)"
"""Where nothing but chances is traded: "Polymarket has him at 58%"."""
_QUOTE = "has|have|had|gives?|gave|says?|said|shows?|showed|puts?|sees?|saw|implie[sd]|imply|prices?|priced"
_LEVELS = (
    "inflation|unemployment|growth|gdp|rates?|turnout|votes?|shares?|yields?|prices?|approval|support"
    "|tariffs?|deficit|margin"
)
_ADVERBS = "now|currently|still|only|just|about|back|already|today|even|then|well|have|has|had|been|is|are"
_LIKELY_WORD = (
    "likely|unlikely|probable|improbable|probably|possibly|possible|possibility|doubtful|certain|chances?"
    "|odds|probability|likelihood|prospects?"
)
_CHANCE_BEFORE = "|".join(
    (
        rf"(?<!\S)(?:{_NOUN}) (?:of|for|in|over|through|within|by|this|next|tonight|today) (?:.* )?[:=] ?$",
        (
            rf"(?<!\S)(?:{_MARKETS}) (?:\S+ ){{0,2}}(?:{_QUOTE}) (?!(?:\S+ )*?(?:{_LEVELS}) "
            rf")(?:\S+ ){{0,6}}?(?:at )?$"
        ),
        rf"(?<!\S)(?:{_NOUN}) (?:of|for) (?:\S+ ){{1,12}}(?:{_STANDS})(?: (?:{_ADVERBS}))*(?: at)? ?$",
        rf"(?<!\S)(?:{_NOUN}) (?:of|for) (?:\S+ ){{1,12}}(?:{_MOVED})(?: (?:{_ADVERBS}))*(?: to| at)? ?$",
        (
            rf"(?<!\S)(?:{_NOUN}) that (?:\S+ )*(?:will|would|can|could) (?:\S+ )+(?:{_STANDS})(?: "
            rf"(?:{_ADVERBS}))*(?: at)? ?$"
        ),
        (
            rf"(?<!\S)(?:{_NOUN}) that \S+ (?:\S+ )*\S+(?<![s'iu])s (?:\S+ )*(?:{_STANDS})(?: "
            rf"(?:{_ADVERBS}))*(?: at)? ?$"
        ),
        rf"(?<!\S)(?:p|{_NOUN})(?: (?:of|at|be|as|:|=|to|{_ADVERBS}|{_STANDS}|{_MOVED}))* ?$",
        r"(?<!\S)(?:p|pr|prob) \S+ = ?$",
        rf"(?<!\S)(?:{_PUTS}) (?:.* )?(?:it|this|that|{_NOUN}) (?:.* )?at ?$",
        rf"(?<!\S)(?:{_MOVES}) (?:\S+ ){{0,4}}(?:{_NOUN}) (?:.* )?(?<!ing )to ?$",
    )
)
_CHANGE_BEFORE = (
    rf"(?<!\S)(?:{_NOUN}) (?:.* )?(?:{_MOVED}) ?$|(?<!\S)(?:{_MOVES}) (?:\S+ ){{0,4}}(?:{_NOUN}) (?:.* )?$"
)
_OPENING = r"(?:(?:i|we|would|give|think|guess|there|it|this|that|is|are|be|with|at|my|odds of) ?)*$"
_COPULA = r"(?<!\S)(?:is|are|was|be|remains?|looks|still|like|basically|essentially|at|'s) ?$"
_EVEN_CLOSING = r" ?$| (?:whether|that|if|call|bet|proposition|affair|decision)(?!\S)"
_CLOSING = r" ?$| (?:that|by|for|before|this|within|next)(?!\S)"
_SAID_CLOSING = (
    r" ?$| (?:that|by|for|before|this|within|next|and|but|if|when|in|on|after|over|according|with|as|up"
    r"|down|from|compared|because|since|while|today|now|so|unless|until)(?!\S)"
)
_MID_LIST = r"\d(?: %)?(?: (?:and|or|to|-|/|:))? ?$|(?:^|\s)[-+] ?$"
_SECOND = r"(?<!\S)(?:and|or|then|but) (?:(?:about|around|roughly|a|an|perhaps|maybe|only|to|then) )*$"


def figures(text: Text) -> list[Figure]:
    """The figures of a text, left to right, none inside another.

    Chances, and those that may not be passed over.
    """
    line = Line(text.words)
    found = [_listed(line, one) for one in bookmakers(line.text)]
    others: list[Figure] = []
    asides = [(line.place(first), line.place(last)) for first, last in _telling(text)]
    for rule, shape in _SHAPES.items():
        for match in re.finditer(shape, line.text):
            figure = _chance(line, rule, match, asides)
            if figure and not _meets(figure, found):
                found.append(figure)
            elif not figure and rule in _UNCLAIMED:
                others.append(_unclaimed(line, rule, match))
    return sorted((*found, *_apart(others, found)), key=_place)


def _place(figure: Figure) -> int:
    return figure.start


def _meets(figure: Figure, others: Sequence[Figure]) -> bool:
    return any(figure.start < other.end and other.start < figure.end for other in others)


def _telling(text: Text) -> list[tuple[int, int]]:
    """The pieces of a text that may hold nothing but a likelihood.

    At its end, or behind a word of likelihood.
    """
    words = text.words
    found = []
    for first, last in text.pieces:
        before = first - 1 - (words[first - 1] in {"-", ":"}) if first else -1
        likely = before >= 0 and re.fullmatch(_LIKELY_WORD, words[before])
        if likely or (first > 0 and last == len(words) and words[first - 1] != ":"):
            bound = " ".join(words[first : first + 2]) in ("at least", "at most", "at best")
            at = bool(likely) and words[first] == "at" and not bound  # "a deal is likely, at about 70%"
            found.append((first + at, last))
    return found


def _listed(line: Line, odds: Listed) -> Figure:
    start, end = line.span(odds.start, odds.end)
    if odds.probability is None:
        return Figure(start, end, "odds", refused=odds.doubt)
    return Figure(start, end, "odds", (odds.probability,) * 3, note=MARGIN)


def _unclaimed(line: Line, rule: str, match: re.Match[str]) -> Figure:
    """A figure that is not said to be a chance, refused unless it belongs to the event."""
    lead = re.search(_LEAD, line.text[: match.start()])
    first = lead.start() if lead else match.start()
    before, after = line.text[:first], line.text[match.end() :]
    reason, people = why_not(before, after, ratio=rule == "ratio")
    if rule == "fraction" and not people:
        reason = ""  # of a majority, a price, an hour
    if rule == "ratio" and _share(rule, match) is None:
        reason = ""  # it names a year
    start, end = line.span(first, match.end() + len(people))
    second = reason and not people and re.search(_SECOND, before)
    return Figure(start, end, "second" if second else rule, refused=reason)


def _apart(others: Sequence[Figure], chances: Sequence[Figure]) -> list[Figure]:
    """The refused ones, each place once.

    Beside a stated chance another is told: "60% by 2026 and 80% by 2030".
    """
    refused: list[Figure] = []
    for other in others:
        if other.refused and not _meets(other, [*chances, *refused]):
            second = chances and other.rule == "second"
            refused.append(replace(other, refused=TWO_FIGURES) if second else other)
    return refused


def _chance(line: Line, rule: str, match: re.Match[str], asides: Sequence[tuple[int, int]]) -> Figure | None:
    lead = re.search(_LEAD, line.text[: match.start()])
    tail = re.match(_TAIL, line.text[match.end() :])
    if lead is None or tail is None:
        return None
    end = match.end() + tail.end()
    before, after = line.text[: lead.start()], line.text[end:]
    aside = _aside(lead.start(), end, asides)
    if not aside and re.search(_MID_LIST, before):
        return None
    noun = re.match(_CHANCE_AFTER, after)
    if not (noun or aside or _said(rule, before, after)):
        return None
    end += noun.end() if noun else 0
    later = re.match(_TAIL, line.text[end:]) if noun else None
    least = lead["least"] or tail["least"] or (later and later["least"])
    most = lead["most"] or tail["most"] or (later and later["most"])
    point = _points(rule, match)
    if point is None or _says_nothing(lead[0], point[1], bool(least), bool(most)):
        return None
    start, stop = line.span(lead.start(), end + (later.end() if later else 0))
    bounds = _bounded(point, bool(least), bool(most))
    refused = "" if bounds else "a probability lies between 0 and 100 percent"
    return Figure(start, stop, "bound" if least or most else rule, bounds, refused)


def _said(rule: str, before: str, after: str) -> bool:
    """Whether the words around a figure make it a chance, or there are none."""
    if rule == "change":
        return bool(re.search(_CHANGE_BEFORE, before))
    # "the odds are 9-2 against a deal": what they are against may follow
    if (rule == "odds" or re.match(_SAID_CLOSING, after)) and re.search(_CHANCE_BEFORE, before):
        return True
    if re.match(_CLOSING, after) and re.search(rf"(?<!\S)(?:{_LIKELY_WORD}) $", before):
        return True
    if rule == "even":
        return bool(
            re.search(_COPULA, before) or (re.match(_EVEN_CLOSING, after) and re.match(_OPENING, before))
        )
    often = rule == "ratio" and after.startswith(" the ") and not before
    return (
        rule != "fraction" and bool(re.match(_OPENING, before)) and bool(re.match(_CLOSING, after) or often)
    )


def _aside(start: int, end: int, asides: Sequence[tuple[int, int]]) -> bool:
    """Whether text[start:end] is all that stands in one of the brackets."""
    return any(first == start and end <= last <= end + 1 for first, last in asides)


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
    if rule == "fraction" and match["one"]:
        return round(1 / _PARTS[match["one"].rstrip("s")], 9)
    a = float(match["a"])
    if rule in {"percent", "decimal", "change"}:
        return a if rule == "decimal" else round(a / 100, 9)
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
