"""Words for a prediction's deadline: where it is from, what holds by then, and what no change would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecastlog.vocabulary.thresholds import NOTHING_CHANGES
from forecastlog.vocabulary.word import Word, table

DEADLINE_CONVENTION = "fl-2"
"""The convention by which words for a time are read in new records; deadlines/conventions.py has what it
does."""
DEFAULT_RULE = "twelve-months"
"""The rule of a deadline for which the text has no words."""

FISCAL_YEARS = {"us": 10, "uk": 4, "australia": 7, "calendar": 1}
"""The month in which a fiscal year begins; it is named after the calendar year in which it ends."""
HEMISPHERES = ("north", "south")
DeadlineBasis = Literal["stated", "worded", "default", "analyst"]
DEADLINE_BASES = table(
    DeadlineBasis,
    Word("stated", "a date that the text states"),
    Word("worded", "read by us from the words"),
    Word("default", "the text names no time"),
    Word("analyst", "set by an analyst"),
)

OWN_DEADLINES = frozenset({"default", "analyst"})
"""Deadlines that the text does not have: where a verdict turns on one of these, it turns on us."""
Holds = Literal["within", "on", "throughout"]


@dataclass(frozen=True, slots=True)
class Holding(Word):
    """What makes a yes of a deadline.

    The outcome that time alone brings about, and the one that an event does.
    """

    lapses: str = ""
    happens: str = "yes"


HOLDS = table(
    Holds,
    Holding("within", "it happens within these days", lapses="no"),
    Holding("on", "it holds on the last of these days"),
    Holding("throughout", "it holds throughout these days", lapses="yes", happens="no"),
)


@dataclass(frozen=True, slots=True)
class StandStill(Word):
    """The outcome if nothing changes: whether that is one, and which (``happens``: 1 yes, 0 no)."""

    happens: float | None = None

    def gives(self, sure: float = NOTHING_CHANGES) -> float:
        """The probability that it happens, by somebody who is so sure that things stay as they are.

        >>> [STATUS_QUO[word].gives(0.8) for word in ("yes", "no", "unclear")]
        [0.8, 0.2, 0.5]
        """
        return 0.5 if self.happens is None else round(abs(1 - self.happens - sure), 9)


StatusQuo = Literal["yes", "no", "unclear"]
STATUS_QUO = table(
    StatusQuo,
    StandStill("yes", "it happens if nothing changes", happens=1),
    StandStill("no", "it does not happen if nothing changes", happens=0),
    StandStill("unclear", "nobody can tell what no change would bring"),
)
