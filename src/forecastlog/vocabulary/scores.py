"""Words of the scores.

When a forecast was logged, its kind, how rows are grouped, and why one is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecastlog.vocabulary.outcomes import OUTCOMES
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.vocabulary.word import Word, table


@dataclass(frozen=True, slots=True)
class Entering(Word):
    """When a forecast entered the log; in ``hindsight`` its outcome could be known."""

    hindsight: bool = False


Timing = Literal["in advance", "logged late", "logged elsewhere", "logged afterwards"]
TIMINGS = table(
    Timing,
    Entering(
        "in advance",
        "in the log soon after it was made, while its outcome could not be nearly decided",
        "Logged in advance",
    ),
    Entering(
        "logged late",
        "in the log before its outcome could be known, but long after it was made",
        "Logged late",
    ),
    Entering(
        "logged elsewhere",
        "in somebody else's log in advance, with proof, and imported into this one",
        "Logged elsewhere",
    ),
    Entering(
        "logged afterwards",
        "in the log on the day its outcome could be known, or later",
        "Logged afterwards",
        hindsight=True,
    ),
)
"""When a forecast entered the log. They are never averaged together, and only the first rates anybody."""

Block = Literal["headline", "asserted", "paraphrased", "judged"]
BLOCKS = table(
    Block,
    Word("headline", "a figure, or words on a scale", "Figures, and words on a scale"),
    Word("asserted", "a bare will", "Flat assertions (a bare “will”)"),
    Word("paraphrased", "a text that somebody rewrote", "Texts that somebody rewrote"),
    Word("judged", "an analyst's own figure", "Analysts' own figures"),
)
"""Kinds of forecast that never share a row of scores."""


@dataclass(frozen=True, slots=True)
class Grouping(Word):
    """What scores are grouped by.

    Whether its groups have curves and words of their own (``drawn``), and whether one prediction may be in
    several of them (``overlaps``), whose skill would mean little.
    """

    drawn: bool = False
    overlaps: bool = False


GroupingName = Literal["all", "forecaster", "publisher", "article", "block", "tag", "topic", "year"]
GROUPINGS = table(
    GroupingName,
    Grouping("all", "everything together", "Everything", drawn=True),
    Grouping("forecaster", "whose forecasts they are", "Forecaster", drawn=True),
    Grouping("publisher", "who published them; rewritten texts count for nobody", "Publisher", drawn=True),
    Grouping("article", "the article they come from", "Article", drawn=True),
    Grouping("block", "the kind of forecast", "Kind of forecast", drawn=True),
    Grouping("tag", "a tag of the prediction", "Tag", overlaps=True),
    Grouping("topic", "tags gathered under a name in forecastlog.toml", "Topic", overlaps=True),
    Grouping("year", "the year of the latest deadline", "Year of the deadline"),
)
DRAWN_BY = tuple(word.name for word in GROUPINGS.values() if word.drawn)

Rule = Literal["daily", "first", "last"]
RULES = table(
    Rule,
    Word("daily", "each for the days on which it stood"),
    Word("first", "the first alone"),
    Word("last", "the last alone"),
)
"""Which of a forecaster's forecasts of one prediction count."""
USUAL_RULE: Rule = "daily"


@dataclass(frozen=True, slots=True)
class LeftOut(Word):
    """Why a forecast is not scored.

    ``waivable`` where there is a figure, and an outcome to hold it against.
    """

    waivable: bool = False


LeftOutReason = Literal[
    "attribution",
    "restated",
    "void",
    "ambiguous",
    "uncheckable",
    "contested",
    "open",
    "waiting",
    "possible",
    "unread",
    "hindsight",
    "unnamed",
    "unsourced",
    "late",
    "unlisted",
]
LEFT_OUT = table(
    LeftOutReason,
    LeftOut("attribution", "reported, ascribed or said of a group, so nobody's own words", waivable=True),
    LeftOut("restated", "says again what an earlier, scored prediction said", waivable=True),
    *(
        LeftOut(name, STATUSES[name].meaning, OUTCOMES[name].title.lower())
        for name in ("void", "ambiguous", "uncheckable")
    ),
    LeftOut("contested", STATUSES["contested"].meaning, "contested"),
    LeftOut("open", "nobody has recorded what happened", "no outcome recorded yet"),
    LeftOut("waiting", "resolved, but its latest deadline has not passed", waivable=True),
    LeftOut(
        "possible",
        "bare may, might or could: no probability was given",
        "too vague to score (a bare may, might or could)",
    ),
    LeftOut(
        "unread", "words for which no scale has a figure: none was invented", "words that are not read by us"
    ),
    LeftOut("hindsight", "an analyst's own figure, given when the outcome was known"),
    LeftOut("unnamed", "an analyst's own figure, and nobody says which analyst's"),
    LeftOut("unsourced", "no published source, and not logged on the day it was made", waivable=True),
    LeftOut("late", "made after the outcome was known or the deadline had passed"),
    LeftOut("unlisted", "what came was no option when it was said, and there was no 'other'"),
)
WAIVABLE = tuple(word.name for word in LEFT_OUT.values() if word.waivable)
TOO_VAGUE = ("possible", "ambiguous", "uncheckable")
"""Reasons that lie in what was said: it is too vague to score, or to tell whether it came true."""
