"""Questions that ask the same: open predictions whose claims have their words in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.standing.due import prediction_standing

ALIKE, SPOKEN_OF, MOST = 0.6, 0.75, 3
"""The share of their words that two claims must have in common, that of a claim's words which a sentence
must have, and how many predictions are offered."""
COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "is",
        "are",
        "be",
        "been",
        "was",
        "were",
        "will",
        "would",
        "has",
        "have",
        "had",
        "it",
        "its",
        "that",
        "this",
        "than",
        "as",
        "not",
        "no",
        "does",
        "do",
    ]
)


def same_question(ledger: Ledger, claim: str, today: date) -> list[Prediction]:
    """The open predictions whose claims have most words in common with this one, the nearest first."""
    asked = words_of(claim)
    near = [(_share(asked, words_of(other.claim)), other) for other in _open(ledger, today)]
    found = sorted((pair for pair in near if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [other for _, other in found[:MOST]]


def asked_in(ledger: Ledger, sentence: str, today: date) -> list[Prediction]:
    """The open predictions that a sentence of a text may speak of: most words of the claim stand in it."""
    said = words_of(sentence)
    near = [
        (len(asked & said) / len(asked), other)
        for other in _open(ledger, today)
        if len(asked := words_of(other.claim)) > 2
    ]
    found = sorted((pair for pair in near if pair[0] >= SPOKEN_OF), key=lambda pair: -pair[0])
    return [other for _, other in found[:MOST]]


def words_of(claim: str) -> frozenset[str]:
    """The words that tell what a claim is about, without their endings.

    >>> sorted(words_of("The Fed cuts its rates in 2025."))
    ['2025', 'cut', 'fed', 'rate']
    """
    words = re.findall(r"\w+", claim.casefold())
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words) - COMMON


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _open(ledger: Ledger, today: date) -> Iterable[Prediction]:
    for prediction in ledger.predictions:
        stands = prediction_standing(prediction, ledger, today)
        if not (stands.outcome or stands.contested or prediction.draft):
            yield prediction
