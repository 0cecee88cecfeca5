"""Everything found in a text -> one reading, or the part that was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from forecastlog.likelihood.anchors import Anchor
from forecastlog.likelihood.beside import SHARE, TWO_FIGURES
from forecastlog.likelihood.choose import choose
from forecastlog.likelihood.figures import Figure, figures
from forecastlog.likelihood.lexicon import Lexicon, lexicon
from forecastlog.likelihood.numerals import numbers
from forecastlog.likelihood.phrases import DENIALS, Finding, Refusal, find_phrases
from forecastlog.likelihood.reading import Likelihood, Span, Unread
from forecastlog.likelihood.scales import SCALES
from forecastlog.likelihood.words import Text, sentences, tidy
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

_SAME = 0.005  # half a percentage point: "two in three" was typed as 0.67
_VIEW_AFTER = 3  # words between the people and what they expect
_LONGEST_TEXT = 1000  # characters; a longer text holds more than one statement
_MANY = 20_000
"""Texts whose reading is remembered: a ledger says "very likely" again and again."""


def parse_likelihood(words: str, scale: str = DEFAULT_SCALE) -> Likelihood | None:
    """The likelihood that a phrase, or a sentence with one such phrase, gives to its claim.

    None where nothing was understood, where two phrases compete, or where a doubt remains about what
    is meant. A stated figure reads the same on every scale; a word that the scale lacks is None there.
    Raises BadValue for an unknown scale.

    >>> parse_likelihood("highly unlikely").probability
    0.05
    >>> odds = parse_likelihood("between 60 and 70 percent")
    >>> odds.low, odds.probability, odds.high, odds.basis
    (0.6, 0.65, 0.7, 'stated')
    >>> parse_likelihood("the most likely outcome") is None
    True
    """
    result = _read(words, scale)
    return result if isinstance(result, Likelihood) else None


def states(words: str, figure: float) -> bool:
    """Whether the words have this probability in them, read as a chance or not.

    >>> states("the model gives Harris 55%", 0.55), states("should", 0.7)
    (True, False)
    """
    read = parse_likelihood(words)
    if read and read.basis == "stated" and abs((read.probability or 0.0) - figure) < _SAME:
        return True
    text = tidy(words[:_LONGEST_TEXT])
    found = [one.bounds for one in figures(text) if one.bounds]
    said = [*(bounds[1] for bounds in found), *numbers(text.words)]
    return any(abs(number - figure) < _SAME or abs(number / 100 - figure) < _SAME for number in said)


def not_understood(words: str, scale: str = DEFAULT_SCALE) -> Unread | None:
    """The part of a phrase that keeps it from being read, and why; None where it is read.

    >>> print(not_understood("The deal is likely, yet unlikely to last"))
    "likely, yet unlikely": two likelihoods in one text; log them one by one
    """
    result = _read(words, scale)
    return result if isinstance(result, Unread) else None


def readings(words: str) -> dict[str, Likelihood | None]:
    """The phrase on every scale, in the order of ``scale_names()``.

    >>> {name: found.probability for name, found in readings("very unlikely").items() if found}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'fl-1': 0.05, 'us_icd203': 0.125, 'ipcc_ar5_ar6': 0.05, 'ipcc_disjoint': 0.055, 'efsa_2018': 0.075,
     'wintle_2019': 0.13, 'budescu_2012': 0.495}
    """
    return {name: parse_likelihood(words, name) for name in SCALES}


def find(text: str, scale: str = DEFAULT_SCALE) -> list[Span]:
    """Every likelihood, and everything that looks like one, in running text of any length, in its order.

    Spans do not overlap. Each is read by itself, with the tables and rules of ``parse_likelihood``; which
    of several speaks for a sentence is left to the reader. Takes time in proportion to the text.
    Raises BadValue for an unknown scale.

    >>> text = "A deal is unlikely. There is a 70% chance that talks go on; Smith is the favourite."
    >>> for one in find(text):
    ...     print(one.words, "|", one.reading.probability if one.read else one.reading.reason)
    unlikely | 0.2
    a 70% chance | 0.7
    favourite | the largest of several outcomes may still be improbable
    """
    table = lexicon(scale)
    spans: list[Span] = []
    for offset, sentence in sentences(text):
        tidied = tidy(sentence)
        for found in _told(_everything(tidied, table)):
            start, end = (offset + place for place in tidied.span(found.start, found.end))
            if not spans or spans[-1].end <= start:
                negated = not DENIALS.isdisjoint(tidied.words[found.start : found.end])
                spans.append(Span(start, end, text[start:end], _reading(found, tidied, scale), negated))
    return spans


@lru_cache(maxsize=_MANY)
def _read(words: str, scale: str) -> Likelihood | Unread:
    table = lexicon(scale)
    if len(words) > _LONGEST_TEXT:
        return Unread(words[:60] + "...", "too long for one likelihood; give the few words that say it")
    text = tidy(words)
    reading = _reading(_decide(text, table), text, scale)
    return replace(reading, words=words) if isinstance(reading, Likelihood) else reading


def _reading(found: Finding | Refusal, text: Text, scale: str) -> Likelihood | Unread:
    part = text.part(found.start, found.end)
    if isinstance(found, Refusal):
        return Unread(part, found.reason)
    anchor = found.anchor
    if anchor.scale != scale and anchor.basis != "stated":
        return Unread(part, f"{SCALES[scale].title} has no such phrase")
    figures = (found.probability, found.low, found.high)
    return Likelihood(*figures, anchor.basis, anchor.name, scale, "+".join(found.rules), part, found.note)


def _everything(text: Text, table: Lexicon) -> list[Finding | Refusal]:
    """The figures of a text and the phrases outside them; ``choose`` makes one reading of them."""
    words = text.words
    taken = [False] * len(words)
    found: list[Finding | Refusal] = []
    for figure in figures(text):
        if figure.bounds is None:
            found.append(Refusal(figure.start, figure.end, figure.refused, "figure"))
        else:
            taken[figure.start : figure.end] = [True] * (figure.end - figure.start)
            found.append(_stated(figure))
    return found + find_phrases(words, table, taken)


def _told(found: list[Finding | Refusal]) -> list[Finding | Refusal]:
    """What is worth telling of a sentence, in order.

    Left out are a denial of nothing known, a "will" before its "probably", and what "70% of economists"
    expect.
    """
    firm = {one.start for one in found if isinstance(one, Finding) and one.anchor.grade != "asserted"}
    shares = [one.end for one in found if isinstance(one, Refusal) and one.reason == SHARE]

    def told(one: Finding | Refusal) -> bool:
        if isinstance(one, Refusal):
            return one.kind != "stray"
        of_people = any(0 <= one.start - end <= _VIEW_AFTER for end in shares)
        return not of_people and (one.anchor.grade != "asserted" or one.end not in firm)

    return sorted(filter(told, found), key=lambda one: one.start)


def _decide(text: Text, table: Lexicon) -> Finding | Refusal:
    words = text.words
    if "?" in words:
        return Refusal(0, len(words), "a question is no forecast")
    found = _everything(text, table)
    findings = sorted((one for one in found if isinstance(one, Finding)), key=lambda one: one.start)
    refusal = _first_refusal(found, findings)
    if refusal and refusal.reason == TWO_FIGURES:
        return replace(refusal, start=min(one.start for one in found))
    if refusal:
        return refusal
    return choose(words, findings) if findings else Refusal(0, len(words), _nothing_found(words))


def _first_refusal(found: Sequence[Finding | Refusal], findings: Sequence[Finding]) -> Refusal | None:
    """The refusal that outweighs the findings.

    Beside a stated chance no other figure does but a second chance.
    """
    refusals = sorted((one for one in found if isinstance(one, Refusal)), key=lambda one: one.start)
    stated = any(one.anchor.basis == "stated" for one in findings)
    weights = ("figure", "words", "stray") if findings else ("figure", "words", "stray", "unmeasured")
    for weight in weights:
        for one in refusals:
            if one.kind == weight and not (weight == "figure" and stated and one.reason != TWO_FIGURES):
                return one
    return None


def _stated(figure: Figure) -> Finding:
    low, probability, high = figure.bounds or (0.0, 0.0, 1.0)
    anchor = Anchor("stated", "", "stated", basis="stated")
    return Finding(figure.start, figure.end, anchor, low, probability, high, (figure.rule,), figure.note)


def _nothing_found(words: Sequence[str]) -> str:
    if any(word[0] == "-" and len(word) > 1 for word in words):
        return "a probability lies between 0 and 100 percent"
    if any(word[0].isdigit() or word == "%" for word in words):
        return "a figure that is not said to be a chance; write '70% chance' if it is one"
    return "no phrase of likelihood was found; 'forecastlog odds likely' shows how one reads"
