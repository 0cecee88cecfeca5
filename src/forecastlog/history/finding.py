"""What the history tells of a record, and how grave it is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

from forecastlog.vocabulary.audit import FINDING_LEVELS, FindingKind, FindingLevel

UNCOMMITTED = "not committed"


class Score(Protocol):
    """What a record comes to: its speaker's score (None while there is none), and every pair in words."""

    @property
    def score(self) -> float | None:
        """The headline score of its kind; 0 is the best."""

    @property
    def pairs(self) -> tuple[str, ...]:
        """A line for every forecaster, block and timing."""


class NoScore(NamedTuple):
    """What has no score: all but predictions."""

    score: float | None = None
    pairs: tuple[str, ...] = ()


class Finding(NamedTuple):
    """One thing that the history tells of a record: ``of`` says what kind of record it is.

    ``was`` and ``now`` are the value before and after; ``score_was`` and ``score_now`` the record's own Brier
    score. ``why`` says what makes it grave or explains it.
    """

    record: str
    of: str
    kind: FindingKind
    level: FindingLevel
    on: date
    by: str
    commit: str
    field: str = ""
    was: str = ""
    now: str = ""
    why: str = ""
    after_deadline: bool = False
    after_outcome: bool = False
    score_was: float | None = None
    score_now: float | None = None

    @property
    def breach(self) -> bool:
        """Whether the audit fails for it."""
        return FINDING_LEVELS[self.level].breach

    @property
    def change(self) -> bool:
        """Whether it tells of something that was altered, with a correction or without."""
        return self.kind in ("altered", "vanished", "added") and self.level != "harmless"
