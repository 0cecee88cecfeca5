"""Figures that are no chances and stand beside a word of likelihood: whether the word may still speak.

In "inflation will likely exceed 3%" the figure belongs to the event, and the word counts. In "70% of
economists expect a cut" the figure is a share of people, in "expects 3 %" it is the forecast itself: neither
may lose to the word, so the text is refused and the refusal shows the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PEOPLE = (
    "economists?|analysts?|voters?|people|respondents?|investors?|adults?|americans?|britons?|germans?"
    "|ukrainians?|russians?|experts?|forecasters?|managers?|readers|members|citizens|men|women|patients"
    "|doctors|scientists|republicans|democrats|participants|traders|strategists|executives|firms|companies"
    "|households|students|mps|meps|senators|lawmakers|legislators|deputies|councillors|shareholders"
    "|delegates|jurors|users|those|them|us|respondent|consumers|workers|employers|ceos|fans|judges"
    "|lawyers|residents|panellists|panelists"
)
_VIEWS = (
    "expect|expects|expected|think|thinks|believe|believes|say|says|said|predict|predicts|predicted|see|sees"
    "|support|supports|back|want|forecast|forecasts|fear|fears|hope|hopes|anticipate|anticipates|reckon|plan"
    "|agree|doubt|favou?r"
)
_SHARE = re.compile(
    rf"(?: of)?(?: (?:the|all|those|its|our|their|likely|registered|surveyed|polled|\w+))?? "
    rf"(?:{_PEOPLE})(?!\S)|(?: of)?(?: \S+){{0,4}} (?:{_VIEWS})(?!\S)"
)
_LEADING = re.compile(
    r"(?:^|(?<!\S)(?:that|and|but|as|while|though|because|where|if|when|almost|only|some) )$"
)
_BEFORE_AMOUNT = re.compile(
    r"(?<!\S)(?:between \S+(?: %)? and|by|to|than|of|at|near|over|under|above|below|within|least|most|up"
    r"|down|from|past|-|exceeds?|exceed(?:ed|ing)|reach(?:es|ed|ing)?|hits?|tops?|ris(?:e|es|ing)|falls?"
    r"|grows?|wins?|los(?:e|es)|cuts?|rais(?:e|es)|pays?|stays?|remains?|targets?|gains?|drops?|shrinks?"
    r"|contracts?|expands?|yields?|cross(?:es)?|pass(?:es)?|averages?|be|is|was|climbs?|adds?|sheds?"
    r"|slumps?|jumps?|takes?|gets?|polls?|owns?|holds?|the|an?|about|around|roughly|nearly|almost|some|only"
    r"|just|another|maximum|minimum|full|new|extra|additional) ?$"
)
_PRICED = re.compile(r"(?<!\S)(?:puts?|putting|rates?|places?|prices?|pegs?|gives?|gave)(?: \S+)* at ?$")
_AFTER_CHANCE = re.compile(
    r" ?(?:$|(?:that|by|for|before|this|within|next|and|or|but|if|when|while|because)(?!\S))"
)
_LEVEL = re.compile(
    r"(?<!\S)(?:above|below|over|under|than|exceeds?|exceed(?:ed|ing)|tops?|past|least|most|up to|beyond"
    r"|within|outpace|cross(?:es)?|breach(?:es)?) (?:the |an? |its )?$"
)

SHARE = "a share of people is no probability; log what they are said to expect, or another figure"
POINT = "a point estimate, the forecast itself, and no likelihood"
_UNSAID = "a figure that is not said to be a chance; write '70% chance' if it is one"
TWO_FIGURES = "two figures are two forecasts; log them one by one"


def why_not(before: str, after: str, *, ratio: bool) -> tuple[str, str]:
    """Why no word may speak where this figure stands between ``before`` and ``after``; empty where one may.

    Second comes what of ``after`` belongs to the figure. ``ratio`` tells "two in three" from a percentage,
    which measures many things.
    """
    people = _people(before, after)
    if people:
        return SHARE, people
    if ratio or _PRICED.search(before) or after.startswith(" confidence"):
        return _UNSAID, ""
    if not _AFTER_CHANCE.match(after) or _BEFORE_AMOUNT.search(before):
        return "", ""
    return _UNSAID, ""


def _people(before: str, after: str) -> str:
    """The people behind "70% of economists", "48% of voters will", "two in three expect"."""
    found = _SHARE.match(after)
    if not found:
        return ""
    named = re.search(rf"(?:{_PEOPLE})$", found[0])
    return found[0] if named or _LEADING.search(before) else ""


def point_after(words: Sequence[str], end: int) -> bool:
    """Whether a figure that follows "expects" is what is expected.

    "expects 3 %", "forecasts growth of 2 percent".

    In "expects inflation to fall to 2%" and "expects more than 3%" there is an event to hold it against.
    """
    following = words[end:]
    if following and following[0][0].isdigit() and not _is_year(following[0]):
        return True
    line = " ".join(following)
    figure = re.search(r"(?<!\S)\d+(?:\.\d+)? (?:- )?(?:%|percent|per cent|pct|pc)(?!\S)", line)
    if figure is None or words[end - 1] == "to":
        return False
    before = line[: figure.start()]
    return not re.search(r"(?<!\S)(?:to|will|that) [a-z]", before) and not _LEVEL.search(before)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in {"19", "20"}
