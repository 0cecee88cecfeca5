"""Words of likelihood -> probability, low and high, on a named and versioned scale.

    scales.py    the published scales and surveys, and what they say of a term
    anchors.py   the figures and phrases of fl-1, our own scale
    words.py     a text as folded tokens: case, dashes, quotes and contractions stop mattering
    numerals.py  number words as numerals: "seventy-five per cent" is "75 %"
    figures.py   "70%", "2 in 3", "odds of 4 to 1 against": figures that are said to be chances
    odds.py      "4-1", "7/2", "the 4-1 favourite": bookmakers' odds as they are listed
    beside.py    figures that are no chances, beside a word: amounts, shares of people, point estimates
    lexicon.py   the longest known phrase at a place
    phrases.py   modifiers and denials around a phrase
    choose.py    several findings -> the one that speaks for the text
    parse.py     everything found in a text -> one reading, or what was not understood; ``find`` in running
    text

A doubtful reading is refused: the analyst is asked, and no figure slips into the record.
"""

from forecastlog.likelihood.lexicon import in_a_phrase
from forecastlog.likelihood.parse import find, not_understood, parse_likelihood, readings, states
from forecastlog.likelihood.reading import Likelihood, Span, Unread
from forecastlog.likelihood.scales import SCALES, Scale, Term, scale_names

__all__ = [
    "SCALES",
    "Likelihood",
    "Scale",
    "Span",
    "Term",
    "Unread",
    "find",
    "in_a_phrase",
    "not_understood",
    "parse_likelihood",
    "readings",
    "scale_names",
    "states",
]
