"""Words for a forecast: what its figure rests on, to which side it leans, and how it went."""

from __future__ import annotations

from typing import Literal

from forecastlog.vocabulary.word import Word, table

DEFAULT_SCALE = "fl-1"
"""The scale on which words of likelihood are read where a desk or a record names no other."""

ForecastBasis = Literal["stated", "worded", "asserted", "possible", "unread", "judged"]
FORECAST_BASES = table(
    ForecastBasis,
    Word("stated", "a number that was given", "the speaker's own figure"),
    Word("worded", "words on a scale", "read by us from the words"),
    Word("asserted", "a bare will", "read by us from a flat assertion"),
    Word("possible", "a bare may, might or could: no probability", "too vague for a figure"),
    Word("unread", "words for which no scale has a figure: no probability", "words that are not read by us"),
    Word("judged", "an analyst's own reading of the whole text", "an analyst's own figure"),
)

Leaning = Literal["for", "against", "none"]
LEANINGS = table(
    Leaning,
    Word("for", "the whole band of the words lies above 50 %"),
    Word("against", "the whole band of the words lies below 50 %"),
    Word("none", "no likelihood was given, or its band lies on both sides of 50 %"),
)
Went = Literal["the way it leaned", "the other way", "no lean", "by how far", "not decided"]
WENT = table(
    Went,
    Word("the way it leaned", "what was said leaned to what came", "went the way the words leaned"),
    Word("the other way", "what was said leaned to what did not come", "went the other way"),
    Word("no lean", "decided, but what was said leaned to neither side", "the words leaned to neither side"),
    Word(
        "by how far",
        "decided; a number, a day or one of several, whose distance from what came is told",
        "decided: a number, a day or an option",
    ),
    Word(
        "not decided",
        "it is open, was never decided, or its latest deadline is yet to pass",
        "not decided",
    ),
)
"""How a forecast went. It belongs to a forecast, never to a person, and is never counted as a rate."""
