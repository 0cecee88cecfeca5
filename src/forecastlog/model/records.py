"""Articles with their conditions and predictions, and the people and events that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forecastlog.model.forecasts import Elsewhere, Forecast, Terms
from forecastlog.model.moments import After, Duration, When
from forecastlog.model.notes import Correction, Reply, Snooze, Version, Withdrawal, Withheld
from forecastlog.model.outcomes import Archived, Resolution
from forecastlog.vocabulary.articles import Coverage, EventsBy, TextKind
from forecastlog.vocabulary.deadlines import DeadlineBasis, Holds
from forecastlog.vocabulary.people import Attribution, ForecasterKind, Stance

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
REFERENCES: Mapping[str, Literal["condition", "prediction"]] = {
    "given": "condition",
    **dict.fromkeys(("restates", "hedges", "reverses", "replaces"), "prediction"),
}
"""The keys of a prediction that name another record, each with what that is."""
QUOTE_WORDS = 15
"""The longest quote, in words: enough to find the passage, too short to reproduce it."""
QUESTION_LENGTH = 60
"""The longest plain name of a prediction, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A prediction's deadline: the days in which it must happen, all inclusive.

    ``earliest <= strict <= latest`` where they are known. ``latest`` is None for an open end, and for a
    clock that starts when the condition is met (``within`` is then its length). ``holds`` says what makes a
    yes: something happens within these days, holds on the last one, or holds throughout. ``subject`` is whom
    "his term" in the words speaks of.
    """

    words: str | None = None
    earliest: date | None = None
    strict: date | None = None
    latest: date | None = None
    edtf: str | None = None
    basis: DeadlineBasis = "default"
    rule: str | None = None
    convention: str | None = None
    why: str | None = None
    within: Duration | None = None
    holds: Holds = "within"
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What has to come true before a conditional prediction counts."""

    id: str
    article: str
    text: str
    by: date | None = None
    settles_on: date | After | None = None
    event: str | None = None
    was: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    snoozed: tuple[Snooze, ...] = ()
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One claim or question, with resolution criteria and a deadline.

    ``kind`` says how it can turn out (see ``kinds``), and ``terms`` what that kind has to know.
    """

    id: str
    claim: str
    made: When
    speaker: str
    deadline: Window
    article: str | None = None
    source: str | None = None
    kind: str = "binary"
    terms: Terms | None = None
    quote: str | None = None
    at: str | None = None
    also: tuple[str, ...] = ()
    negated: bool = False
    attribution: Attribution = "author"
    via: str | None = None
    stance: Stance | None = None
    draft: bool = False
    withheld_until: date | None = None
    logged: When | None = None
    logged_by: str | None = None
    logged_elsewhere: Elsewhere | None = None
    given: str | None = None
    review: date | None = None
    criteria: str | None = None
    settled_by: str | None = None
    settles_on: date | After | None = None
    status_quo: str | None = None
    event: str | None = None
    main: bool = False
    question: str | None = None
    tags: tuple[str, ...] = ()
    text: TextKind = "original"
    restates: str | None = None
    hedges: str | None = None
    reverses: str | None = None
    found_by: str | None = None
    external: str | None = None
    opened: When | None = None
    closes: When | None = None
    was: tuple[str, ...] = ()
    replaces: str | None = None
    asked: date | None = None
    withheld: Withheld | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    snoozed: tuple[Snooze, ...] = ()
    replies: tuple[Reply, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A published text, with the conditions and predictions found in it."""

    id: str
    title: str
    published: When
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    affiliation: str | None = None
    published_range: str | None = None
    date_basis: str | None = None
    updated: When | None = None
    retrieved: When | None = None
    url: str | None = None
    archive: str | None = None
    archived: Archived | None = None
    text: TextKind = "original"
    origin_publisher: str | None = None
    origin_url: str | None = None
    sha256: str | None = None
    versions: tuple[Version, ...] = ()
    retracted: Withdrawal | None = None
    chosen: str | None = None
    coverage: Coverage | None = None
    coders: tuple[str, ...] = ()
    events: EventsBy | None = None
    events_why: str | None = None
    logged: When | None = None
    was: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str | None = None
    conditions: tuple[Condition, ...] = ()
    predictions: tuple[Prediction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecaster:
    """Whose forecasts there are: a person, joint authors, an outlet, a desk, a market, a model."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    kind: ForecasterKind = "person"
    affiliation: str | None = None
    members: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What several predictions turn on: its question, and a sentence on how it ended."""

    id: str
    question: str | None = None
    ended: str | None = None
    corrections: tuple[Correction, ...] = ()
