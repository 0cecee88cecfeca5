"""Everything found in a text -> one reading, or the part that was not understood."""

from __future__ import annotations

from collections.abc import Sequence

from forecastlog.likelihood.anchors import Anchor
from forecastlog.likelihood.choose import choose
from forecastlog.likelihood.figures import figures
from forecastlog.likelihood.lexicon import Lexicon, lexicon
from forecastlog.likelihood.phrases import Finding, Refusal, find_phrases
from forecastlog.likelihood.reading import Likelihood, Unread
from forecastlog.likelihood.scales import SCALES
from forecastlog.likelihood.words import Text, tidy
from forecastlog.vocabulary import DEFAULT_SCALE

_LONGEST_TEXT = 1000  # characters; a longer text holds more than one statement


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


def _read(words: str, scale: str) -> Likelihood | Unread:
    table = lexicon(scale)
    if len(words) > _LONGEST_TEXT:
        return Unread(words[:60] + "...", "too long for one likelihood; give the few words that say it")
    text = tidy(words)
    found = _decide(text, table)
    if isinstance(found, Refusal):
        return Unread(text.part(found.start, found.end), found.reason)
    if found.anchor.scale != scale and found.anchor.basis != "stated":
        return Unread(text.part(found.start, found.end), f"{SCALES[scale].title} has no such phrase")
    anchor = found.anchor
    return Likelihood(
        found.probability,
        found.low,
        found.high,
        anchor.basis,
        anchor.name,
        scale,
        "+".join(found.rules),
        words,
    )


def _decide(text: Text, table: Lexicon) -> Finding | Refusal:
    words = text.words
    if "?" in words:
        return Refusal(0, len(words), "a question is no forecast")
    stated: list[Finding | Refusal] = []
    taken = [False] * len(words)
    for figure in figures(words):
        taken[figure.start : figure.end] = [True] * (figure.end - figure.start)
        if figure.bounds is None:
            return Refusal(figure.start, figure.end, "a probability lies between 0 and 100 percent")
        stated.append(_stated(figure.start, figure.end, figure.rule, figure.bounds))
    found = stated + find_phrases(words, table, taken)
    for refusal in found:
        if isinstance(refusal, Refusal):
            return refusal
    findings = sorted((one for one in found if isinstance(one, Finding)), key=lambda one: one.start)
    if not findings:
        return Refusal(0, len(words), _nothing_found(words))
    return choose(words, findings)


def _stated(start: int, end: int, rule: str, bounds: tuple[float, float, float]) -> Finding:
    low, probability, high = bounds
    anchor = Anchor("stated", "", "fixed", basis="stated")
    return Finding(start, end, anchor, low, probability, high, (rule,))


def _nothing_found(words: Sequence[str]) -> str:
    if any(word[0] == "-" and len(word) > 1 for word in words):
        return "a probability lies between 0 and 100 percent"
    if any(word[0].isdigit() or word == "%" for word in words):
        return "a figure that is not said to be a chance; write '70% chance' if it is one"
    return "no phrase of likelihood was found; 'forecastlog odds likely' shows how one reads"
