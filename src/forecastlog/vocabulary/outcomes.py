"""Words for what came of a prediction or a condition, and the reasons that some of them need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from forecastlog.vocabulary.word import Word, table


@dataclass(frozen=True, slots=True)
class Outcome(Word):
    """What a resolution says.

    ``key`` is the letter that stands for it in ``review``, ``reasons`` are what it must give one of. It
    ``needs_evidence`` unless it rests on the record itself; ``undecided`` is neither yes nor no nor a share,
    and a status of its own.
    """

    key: str = ""
    reasons: tuple[Word, ...] = ()
    needs_evidence: bool = True
    undecided: bool = False


_VOID = (
    Word("condition-unmet", "its condition never came"),
    Word("moot", "events overtook the question"),
    Word("mislogged", "the log had misread it"),
    Word("duplicate", "it was logged twice"),
)
_OF_ITSELF = (Word("no-option", "none of its options came, and it has no 'other'"),)
"""What makes a prediction void without anybody's saying so."""
_UNCHECKABLE = (
    Word("no-metric", "nothing measures it"),
    Word("no-deadline", "it names no time"),
    Word("undefined-term", "a term in it has no fixed meaning"),
    Word("private-state", "only private knowledge could tell"),
)
REASONS: Mapping[str, Word] = MappingProxyType(
    {word.name: word for word in (*_VOID, *_OF_ITSELF, *_UNCHECKABLE)}
)
"""Why something is void or cannot be checked."""
LOGGED_WRONGLY = ("duplicate", "mislogged")
"""Reasons that tell of a slip of the log and not of the world: such records stand apart, and another one
counts."""

PredictionOutcome = Literal["yes", "no", "ambiguous", "void", "uncheckable", "reopened"]
"""The words for what came of a prediction; a share between 0 and 1 may stand in their place."""
OUTCOMES = table(
    PredictionOutcome,
    Outcome("yes", "it happened, within the days that count", "It happened", key="y"),
    Outcome("no", "it did not happen in them, or cannot any more", "It did not happen", key="n"),
    Outcome(
        "ambiguous",
        "what happened fits neither yes nor no, although it is known",
        "Ambiguous",
        key="a",
        undecided=True,
    ),
    Outcome(
        "void",
        "the question lost its meaning: its condition never came, it was moot, logged wrongly or twice",
        "Void",
        key="v",
        reasons=_VOID,
        needs_evidence=False,
        undecided=True,
    ),
    Outcome(
        "uncheckable",
        "nobody outside could ever tell",
        "Cannot be checked",
        key="u",
        reasons=_UNCHECKABLE,
        needs_evidence=False,
        undecided=True,
    ),
    Outcome("reopened", "the outcome recorded before is taken back", "Reopened", needs_evidence=False),
)
ConditionOutcome = Literal["met", "unmet", "partly", "unobservable"]
CONDITION_OUTCOMES = table(
    ConditionOutcome,
    Outcome("met", "it came true in time", "Met", key="m"),
    Outcome("unmet", "it did not; its predictions become void by that", "Never came", key="u"),
    Outcome("partly", "some of it came true", "Met in part", key="p"),
    Outcome(
        "unobservable",
        "nobody outside could ever tell; its predictions become uncheckable by that",
        "Cannot be observed",
        key="o",
        needs_evidence=False,
    ),
)
ANY_OUTCOMES: Mapping[str, Outcome] = MappingProxyType({**OUTCOMES, **CONDITION_OUTCOMES})
UNDECIDED = frozenset(word.name for word in OUTCOMES.values() if word.undecided)
WITHOUT_EVIDENCE = frozenset(word.name for word in ANY_OUTCOMES.values() if not word.needs_evidence)
"""Outcomes that rest on the record itself, and are known on the day they are recorded."""


def reasons_for(outcome: str) -> tuple[str, ...]:
    """The reasons of which this outcome must give one; none for a share and most words.

    >>> reasons_for("uncheckable")
    ('no-metric', 'no-deadline', 'undefined-term', 'private-state')
    """
    word = ANY_OUTCOMES.get(outcome)
    return tuple(reason.name for reason in word.reasons) if word else ()
