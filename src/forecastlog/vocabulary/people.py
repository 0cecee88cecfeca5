"""Words for people: of what kind they are, whose words a record has, and how its article takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecastlog.vocabulary.word import Word, table

ForecasterKind = Literal["person", "joint", "outlet", "collective", "desk", "market", "model"]
FORECASTER_KINDS = table(
    ForecasterKind,
    Word("person", "one person"),
    Word("joint", "authors who wrote together"),
    Word("outlet", "a publisher that speaks for itself"),
    Word("collective", "a group that nobody speaks for"),
    Word("desk", "the people who keep this log, or another team of analysts"),
    Word("market", "a prediction market or a poll of forecasters"),
    Word("model", "a program"),
)
RECORDERS: tuple[ForecasterKind, ...] = ("person", "desk", "model")
"""What may log and resolve."""


@dataclass(frozen=True, slots=True)
class Closeness(Word):
    """How close a record is to the speaker's own words, and whether they are scored.

    Where they are not, the ``teller`` chose the words. ``aside`` says how teller and speaker stand to each
    other, and ``calling`` begins how it went.
    """

    aside: str = "on the view of {speaker}"
    calling: str = "Called"
    scored: bool = False


Attribution = Literal["author", "quoted", "reported", "ascribed", "collective"]
ATTRIBUTIONS = table(
    Attribution,
    Closeness("author", "in the author's own words", aside="", scored=True),
    Closeness("quoted", "quoted directly", aside="quoted by {teller}", scored=True),
    Closeness(
        "reported",
        "reported by others, not quoted",
        aside="reporting a statement by {speaker}",
        calling="Reported as",
    ),
    Closeness("ascribed", "ascribed: what somebody else says that they think", calling="Described as"),
    Closeness("collective", "said of a group", calling="Described as"),
)

Stance = Literal["endorses", "reports", "disputes"]
STANCES = table(
    Stance,
    Word("endorses", "the article shares it"),
    Word("reports", "the article only reports it"),
    Word("disputes", "the article disputes it"),
)
