"""The figures and phrases of fl-1, and any published scale in the same form.

An anchor is a figure with its band; a phrase is one of many wordings that stand for an anchor.
``fl_1_anchors.csv`` gives the reason for each figure, ``fl_1_phrases.csv`` the reason for each phrase
that the scale adds to its surveys and to its first list of journalism's phrases. A phrase is written with
``|`` between alternatives, CHANCE for any such noun, BE for any such verb and OUTCOME for a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from forecastlog.likelihood.scales import Scale, Term, read_table
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure that phrases stand for.

    ``grade`` says what may be done to it: ``gradable`` (very, fairly), ``absolute`` (almost), ``fixed``
    (nothing), ``possible``, ``asserted`` and ``belief`` (yield to stronger words), ``nothing`` (the text says
    no likelihood), ``unmeasured`` (no figure for it; yields to every other), ``aside`` (to be passed over).
    ``not_before`` and ``not_after`` name the anchor of "not likely" and of "likely not"; empty = ask.
    """

    name: str
    scale: str
    grade: str
    probability: float | None = None
    low: float = 0.0
    high: float = 0.0
    basis: str = "worded"
    not_before: str = ""
    not_after: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording and its anchor; ``why`` is empty for the wordings that the scale began with."""

    words: tuple[str, ...]
    anchor: Anchor
    why: str = ""


@cache
def anchors() -> Mapping[str, Anchor]:
    """The anchors of fl-1 by name."""
    return {row["anchor"]: _anchor(row) for row in read_table("fl_1_anchors.csv")}


def _anchor(row: dict[str, str]) -> Anchor:
    return Anchor(
        name=row["anchor"],
        scale=DEFAULT_SCALE,
        grade=row["grade"],
        probability=float(row["probability"]) if row["probability"] else None,
        low=float(row["low"] or 0),
        high=float(row["high"] or 0),
        basis=row["basis"],
        not_before=row["not_before"],
        not_after=row["not_after"],
        why=row["why"],
    )


def own_phrases() -> Iterator[Phrase]:
    """Every wording that fl-1 knows."""
    for row in read_table("fl_1_phrases.csv"):
        for words in product(*(slot.split("|") for slot in row["phrase"].split())):
            yield Phrase(words, anchors()[row["anchor"]], row["why"])


# A survey that asked about "probable" is taken to have asked about "probably" too, unless it asked about
# both.
_INFLECTED = {
    "probable": "probably",
    "certain": "certainly",
    "improbable": "improbably",
    "chance": "chances",
    "definite": "definitely",
}
_INFLECTIONS = _INFLECTED | {adverb: adjective for adjective, adverb in _INFLECTED.items()}


def scale_phrases(scale: Scale) -> Iterator[Phrase]:
    """Every term of a published scale and its inflections."""
    taken = {term.term for term in scale.terms}
    for term in scale.terms:
        anchor = _term_anchor(scale, term)
        words = term.term.split()
        yield Phrase(tuple(words), anchor)
        inflected = [_INFLECTIONS.get(word, word) for word in words]
        if " ".join(inflected) not in taken:
            yield Phrase(tuple(inflected), anchor)
        if words[0] == "with":
            yield Phrase(tuple(words[1:]), anchor)


def _term_anchor(scale: Scale, term: Term) -> Anchor:
    low = term.best if term.low is None else term.low
    high = term.best if term.high is None else term.high
    return Anchor(term.term, scale.id, "fixed", term.best, low, high)
