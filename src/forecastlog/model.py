"""The records of a ledger: frozen values and their invariants, knowing nothing about files.

Defaults are filled when a record is read, so that nobody downstream asks again: a prediction always has
``made`` and ``speaker``, a forecast always has ``made`` and ``by``. What is optional in the field is None
or an empty tuple here.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal

from forecastlog.vocabulary import (
    DEFAULT_SCALE,
    Attribution,
    CorrectionReason,
    Coverage,
    DeadlineBasis,
    EventsBy,
    ForecastBasis,
    ForecasterKind,
    Holds,
    SourceKind,
    Stance,
    TextKind,
)

Precision = Literal["time", "day", "month", "year"]

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
QUOTE_WORDS = 15
"""The longest quote, in words: enough to find the passage, too short to reproduce it."""
QUESTION_LENGTH = 60
"""The longest plain name of a prediction, in characters."""


@dataclass(frozen=True, slots=True)
class When:
    """A point in time as precisely as it is known: a time, a day, a month or a year.

    ``text`` is kept as written and shown; ``day`` is the day to calculate with, the last of a month or year.
    A time belongs to the day that is written, wherever its offset from UTC says that was; ``time`` is in UTC.

    >>> When.parse("2025-03").day
    datetime.date(2025, 3, 31)
    >>> When.parse("2025-12-31T21:00:00-05:00").day
    datetime.date(2025, 12, 31)
    """

    text: str
    day: date
    precision: Precision = "day"
    time: datetime | None = None

    @classmethod
    def parse(cls, text: str) -> When:
        """Read an ISO 8601 year, month, day or time with its offset; raises ValueError on anything else."""
        if re.fullmatch(r"\d{4}", text, re.ASCII):
            return cls(text, date(int(text), 12, 31), "year")
        if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
            year, month = int(text[:4]), int(text[5:])
            if year == 0 or not 1 <= month <= 12:
                raise ValueError(f"no such month: {text}")
            return cls(text, date(year, month, calendar.monthrange(year, month)[1]), "month")
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return cls(text, date.fromisoformat(text))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", text, re.ASCII):
            time = datetime.fromisoformat(text)
            if time.tzinfo is None:
                raise ValueError(f"a time needs its offset from UTC, such as a final Z: {text}")
            try:
                return cls(text, time.date(), "time", time.astimezone(UTC))
            except OverflowError:
                raise ValueError(f"before or after the calendar's years: {text}") from None
        raise ValueError(f"not a date: {text}")

    @classmethod
    def on(cls, day: date) -> When:
        """The whole of one day."""
        return cls(day.isoformat(), day)

    def in_zone(self, zone: tzinfo) -> When:
        """The same, a time on the day that it was in ``zone``; on the day written where the calendar ends.

        >>> from datetime import timezone
        >>> When.parse("2025-12-31T21:00:00-05:00").in_zone(timezone.utc).day
        datetime.date(2026, 1, 1)
        """
        try:
            return replace(self, day=self.time.astimezone(zone).date()) if self.time else self
        except OverflowError:
            return self

    @property
    def first(self) -> date:
        """The first day it can have been, where ``day`` is the last.

        >>> When.parse("2025-03").first
        datetime.date(2025, 3, 1)
        """
        if self.precision == "year":
            return self.day.replace(month=1, day=1)
        return self.day.replace(day=1) if self.precision == "month" else self.day

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of calendar time, such as the 6 months of ``within: 6 months``."""

    count: int
    unit: Literal["day", "week", "month", "year"]

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``6 months`` or ``1 year``; raises ValueError on anything else, and above 1,000 years."""
        match = re.fullmatch(r"(\d{1,6})\s+(day|week|month|year)s?", text.strip().lower(), re.ASCII)
        if not match:
            raise ValueError(f"not a length of time: {text}")
        duration = cls(int(match[1]), match[2])  # type: ignore[arg-type]  # the pattern allows only units
        if duration.count * {"day": 1, "week": 7, "month": 31, "year": 366}[duration.unit] > 366_000:
            raise ValueError(f"too long: {text}")
        return duration

    def after(self, day: date) -> date:
        """The day this long after ``day``, month ends clipped; ``date.max`` where the calendar ends.

        >>> Duration(1, "month").after(date(2025, 1, 31))
        datetime.date(2025, 2, 28)
        """
        try:
            if self.unit in ("day", "week"):
                return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))
            months = day.year * 12 + day.month - 1 + self.count * (12 if self.unit == "year" else 1)
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            return date.max

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' * (self.count != 1)}"


@dataclass(frozen=True, slots=True)
class After:
    """So long after the last day that counts: a source publishes its figures with a delay."""

    wait: Duration

    @classmethod
    def parse(cls, text: str) -> After:
        """Read ``30 days after``; raises ValueError on anything else."""
        length, after, rest = text.partition(" after")
        if not after or rest.strip():
            raise ValueError(f"not a time after: {text}")
        return cls(Duration.parse(length))

    def __str__(self) -> str:
        return f"{self.wait} after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """That nobody is to be reminded before a day, and why."""

    until: date
    why: str
    by: str
    on: date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change to a published record, told with its reason."""

    on: date
    by: str
    field: str
    was: str = ""
    why: CorrectionReason


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
class Elsewhere:
    """That something stood in somebody else's log on a day, by whose word, and where a third party can see it."""

    on: When
    by: str
    url: str
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Says:
    """What a forecast says, in the way of its kind of prediction (see ``kinds``)."""

    @property
    def definite(self) -> bool:
        """Whether it says enough to be scored."""
        return True

    @property
    def identity(self) -> tuple[tuple[str, object], ...]:
        """The names and values that tell it from another one, as public ids need them."""
        return tuple((each.name, getattr(self, each.name)) for each in fields(self))

    @property
    def entry(self) -> Mapping[str, object]:
        """What it says as the keys of a record hold it; what it does not say is None."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a prediction asks for, in the way of its kind: options, a unit (see ``kinds``)."""

    @property
    def entry(self) -> Mapping[str, object]:
        """The terms as the keys of a record hold them; what is not told is None."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a forecaster said of a prediction on a day; words are kept beside what they were read as.

    Whose words they are (``attribution``, ``via``, ``stance``, ``text``), and whether they deny the claim,
    may differ from entry to entry: a promise and its denial are two forecasts of one question. An entry of
    the prediction's own speaker that does not say is as the prediction is, one of anybody else's is in their
    own words.
    """

    prediction: str
    made: When
    by: str
    until: When | None = None
    logged: date | None = None
    logged_elsewhere: Elsewhere | None = None
    article: str | None = None
    url: str | None = None
    quote: str | None = None
    at: str | None = None
    attribution: Attribution = "author"
    via: str | None = None
    stance: Stance | None = None
    negated: bool = False
    text: TextKind = "original"
    words: str | None = None
    says: Says | None = None
    scale: str | None = None
    basis: ForecastBasis = "stated"
    judged_by: str | None = None
    outcome_known: bool | None = None
    note: str | None = None

    @property
    def definite(self) -> bool:
        """Whether it says enough to be scored."""
        return self.says is not None and self.says.definite


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A desk's defaults, and what it says of its log, from ``forecastlog.toml``."""

    format: int = 1
    scale: str = DEFAULT_SCALE
    hemisphere: Literal["north", "south"] = "north"
    fiscal_year: str = "us"
    title: str | None = None
    description: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    language: str | None = None
    contact: str | None = None
    texts: str | None = None
    timezone: str | None = None
    events: EventsBy = "article"
    events_why: str | None = None
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    periods: tuple[tuple[str, tuple[tuple[date, date], ...]], ...] = ()
    sources: tuple[tuple[str, SourceKind], ...] = ()
    archive: str | None = None
    cues: tuple[str, ...] = ()

    @property
    def zone(self) -> tzinfo | None:
        """The zone whose days are counted; None where a time belongs to the day written."""
        if self.timezone is None:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def reading(self) -> dict[str, Any]:
        """What the reading of a time phrase takes from the desk."""
        return {"hemisphere": self.hemisphere, "fiscal_year": self.fiscal_year, "periods": dict(self.periods)}


def name_of_id(forecaster_id: str) -> str:
    """A name for people from an id that nobody has given a name.

    >>> name_of_id("ada-smith")
    'Ada Smith'
    """
    return forecaster_id.replace("-", " ").title()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All records, with the look-ups that everybody needs.

    Ids are unique over articles, conditions and predictions; the reader reports doubles and keeps the first.
    """

    articles: tuple[Article, ...] = ()
    forecasters: tuple[Forecaster, ...] = ()
    unlisted: Mapping[str, Forecaster] = field(default_factory=dict, compare=False)
    imported: tuple[Prediction, ...] = ()
    events: tuple[Event, ...] = ()
    settings: Settings = Settings()
    _by_id: dict[str, Article | Condition | Prediction] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _people: dict[str, Forecaster] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index every record by its id; a frozen value may fill its own dictionaries once."""
        for article in self.articles:
            records: tuple[Article | Condition | Prediction, ...]
            records = (article, *article.conditions, *article.predictions)
            for record in records:
                self._by_id.setdefault(record.id, record)
        for prediction in self.imported:
            self._by_id.setdefault(prediction.id, prediction)
        for forecaster in self.forecasters:
            self._people.setdefault(forecaster.id, forecaster)

    @property
    def predictions(self) -> Iterator[Prediction]:
        """Every prediction, article by article, then the imported ones."""
        for article in self.articles:
            yield from article.predictions
        yield from self.imported

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition, article by article."""
        for article in self.articles:
            yield from article.conditions

    def undecided(self, day: date, horizon: date | None = None) -> Iterator[Condition | Prediction]:
        """Conditions, then predictions: all without an outcome on ``day``, due by ``horizon``, and perhaps others.

        A ledger that has facts of its records at hand leaves most of the others out; so it does in
        ``matching`` and ``hiding``.
        """
        del day, horizon
        yield from self.conditions
        yield from self.predictions

    def matching(self, tests: Mapping[str, Callable[[Any], bool]]) -> Iterator[Prediction]:
        """All predictions whose values, by their path in the record, pass the tests, and perhaps others."""
        del tests
        return self.predictions

    @property
    def hiding(self) -> Iterator[Prediction]:
        """All predictions that readers may not see on every day, and perhaps others."""
        return self.predictions

    def heading(self, record_id: str | None) -> Article | None:
        """The article with this id, perhaps without its records, for who asks only for its own values."""
        return self.article(record_id)

    def with_articles(self, articles: tuple[Article, ...]) -> Ledger:
        """The same with other articles."""
        return replace(self, articles=articles)

    @property
    def ids(self) -> Iterator[str]:
        """The ids of articles, conditions and predictions."""
        return iter(self._by_id)

    def get(self, record_id: str) -> Article | Condition | Prediction | None:
        """The record with exactly this id."""
        return self._by_id.get(record_id)

    def article(self, record_id: str | None) -> Article | None:
        """The article with this id, or None."""
        record = self._by_id.get(record_id) if record_id else None
        return record if isinstance(record, Article) else None

    def condition(self, record_id: str | None) -> Condition | None:
        """The condition with this id, or None."""
        record = self._by_id.get(record_id) if record_id else None
        return record if isinstance(record, Condition) else None

    def forecaster(self, forecaster_id: str) -> Forecaster:
        """The listed forecaster, or one by the name that records call them, where the ledger lists none."""
        known = self._people.get(forecaster_id) or self.unlisted.get(forecaster_id)
        return known or Forecaster(id=forecaster_id, name=name_of_id(forecaster_id))

    def listed(self, name: str) -> str:
        """The name of the forecaster who is listed under this id; any other text as it is."""
        known = self._people.get(name)
        return known.name if known else name
