"""What is told of a record later.

Corrections, replies, withdrawals, and days before which nobody is reminded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forecastlog.vocabulary.articles import CorrectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change to a published record, told with its reason."""

    on: date
    by: str
    field: str
    was: str = ""
    why: CorrectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """That nobody is to be reminded before a day, and why."""

    until: date
    why: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer by the forecaster, or anybody, to what the log says."""

    by: str
    on: date
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The forecaster, or the outlet, took it back."""

    on: date
    by: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """The words of a record are kept back; its figures stand and are counted."""

    on: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text of the article that was seen on a day, by its digest."""

    sha256: str
    seen: date
    note: str | None = None
