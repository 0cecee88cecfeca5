"""What came of a record, and the evidence that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forecastlog.model.moments import When
from forecastlog.vocabulary.articles import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A page as it was stored on a day, by the digest of what was stored."""

    sha256: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows that something happened, or where it was looked for and not found."""

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    agency: str | None = None
    kind: SourceKind | None = None
    published: When | None = None
    archive: str | None = None
    archived: Archived | None = None
    quote: str | None = None
    shows: str | None = None
    searched: str | None = None
    on: date | None = None
    superseded: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What happened, when it happened, when it was known, who recorded it, on what evidence."""

    outcome: str
    reason: str | None = None
    vintage: str | None = None
    happened: When | None = None
    known: When
    recorded: When
    by: str
    blind: bool | None = None
    settles: bool = False
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None
