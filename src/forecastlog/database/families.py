"""Every table of the database by the family that it is made in, in the order in which they are made."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import get_args

from forecastlog import __version__
from forecastlog.column import Row, Table, Values
from forecastlog.columns.articles import FORECASTER_NAMES, FORECASTERS
from forecastlog.columns.events import EVENTS
from forecastlog.columns.findings import PROBLEM
from forecastlog.columns.relogged import RELOGGED
from forecastlog.columns.sources import SOURCES
from forecastlog.database.audited import audit_rows
from forecastlog.database.counted import total_rows
from forecastlog.database.filtered import filter_rows
from forecastlog.database.gathered import event_rows, forecaster_rows, source_rows
from forecastlog.database.parts import Before, Family, single
from forecastlog.database.read import reading_rows, scale_rows
from forecastlog.database.records import records
from forecastlog.database.score_tables import (
    AUDIT,
    BUILD,
    FILTERS,
    PROBLEMS,
    READINGS,
    SCALES,
    SCORES,
    SOUNDED,
    TOTALS,
)
from forecastlog.database.scored import GroupTables, group_families, scoring
from forecastlog.database.sounded import sounded_rows
from forecastlog.history import made_from
from forecastlog.ledger import Loaded
from forecastlog.ledger.index import digest_of, fingerprint
from forecastlog.problems import Problem
from forecastlog.standing.published import is_hidden, published, withheld
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION
from forecastlog.vocabulary.scores import Timing
from forecastlog.went import sentences, way_of


def families(loaded: Loaded, problems: Iterable[Problem], today: date) -> tuple[Family, ...]:
    """The families of a ledger's database as of ``today``; ``problems`` are what its check found."""
    making = _Making(loaded, list(problems), today)
    ledger, day = making.ledger, today
    return (
        records(ledger, day, scoring(day), (SCORES,), common(loaded, today)),
        _single("forecasters", FORECASTERS, lambda before: forecaster_rows(before, ledger)),
        _single("forecaster_names", FORECASTER_NAMES, lambda _: FORECASTER_NAMES.each(ledger, day)),
        _single("events", EVENTS, lambda before: event_rows(before, ledger)),
        _single("sources", SOURCES, lambda before: source_rows(before, ledger)),
        _single("relogged", RELOGGED, lambda _: RELOGGED.each(ledger, day)),
        *group_families(making.groups),
        _single("scales", SCALES, lambda _: map(SCALES.values, scale_rows())),
        _single("readings", READINGS, lambda before: map(READINGS.values, reading_rows(before))),
        _single("filters", FILTERS, making.filters),
        _single(
            "sounded", SOUNDED, lambda before: map(SOUNDED.values, sounded_rows(making.predictions(before)))
        ),
        _single("totals", TOTALS, making.totals),
        _single("audit", AUDIT, lambda _: making.audit()),
        _single("problems", PROBLEMS, lambda _: making.problems()),
        _single("build", BUILD, making.build),
    )


def _single(name: str, table: Table, rows: Callable[[Before], Iterable[Values]]) -> Family:
    return Family(name, (table,), single(lambda before: {table.name: rows(before)}))


@cache
def program() -> bytes:
    """A digest of what makes the tables: this program, and what it stands on."""
    of = (__version__, sys.version, sqlite3.sqlite_version, version("numpy"), fingerprint("", "*", "*/*"))
    return digest_of(repr(of).encode())


def common(loaded: Loaded, today: date) -> bytes:
    """A digest of what goes into every row beside the records: the program, the day and the settings."""
    return digest_of(program() + repr((today, loaded.ledger.settings)).encode())


_COUNTED = (
    "id",
    "claim",
    "speaker_id",
    "publisher",
    "article_id",
    "source",
    "event",
    "condition_id",
    "restates_id",
    "kind",
    "attribution",
    "made",
    "made_year",
    "timing",
    "status",
    "outcome",
    "reason",
    "logged_wrongly",
    "basis",
    "probability",
    "own_words",
    "leaning",
    "went",
    "status_quo",
    "deadline_basis",
)
"""The columns of predictions from which other tables are counted."""


class _Making:
    """What several families need, made once."""

    def __init__(self, loaded: Loaded, problems: list[Problem], today: date) -> None:
        self._loaded, self._problems, self._today = loaded, problems, today
        self.ledger = published(loaded.ledger, today)
        self._hidden = {
            name for one in loaded.ledger.hiding if is_hidden(one, today) for name in (one.id, *one.was)
        }
        self._history = ""
        self._predictions: list[Row] = []
        self._groups: GroupTables | None = None

    def predictions(self, before: Before) -> list[Row]:
        """The rows of the predictions in the order of the ledger."""
        self._predictions = self._predictions or before.in_order("predictions", ", ".join(_COUNTED))
        return self._predictions

    def groups(self, before: Before) -> GroupTables:
        """The tables of scores by group."""
        self._groups = self._groups or GroupTables(before, self.ledger)
        return self._groups

    def filters(self, before: Before) -> Iterable[Values]:
        """By what readers can narrow the predictions."""
        tags = before.values("select prediction_id, tag from prediction_tags order by _rowid_")
        names = before.in_order("forecaster_names")
        return map(FILTERS.values, filter_rows(self.ledger, self.predictions(before), tags, names))

    def totals(self, before: Before) -> Iterable[Values]:
        """How many there are of each kind."""
        rows = {row["id"]: row for row in self.predictions(before)}
        return map(TOTALS.values, total_rows(rows, self.groups(before).tables))

    def audit(self) -> Iterable[Values]:
        """What the history tells."""
        found, self._history = audit_rows(self._loaded, self._today, self._hidden)
        return map(AUDIT.values, found)

    def problems(self) -> Iterable[Values]:
        """What the check found, but for what is hidden."""
        told = (
            one
            for one in self._problems
            if not any(self._loaded.holds(name, one.span) for name in self._hidden)
        )
        root = self._loaded.root
        return [PROBLEMS.values(_problem_row(root, number, one)) for number, one in enumerate(told, 1)]

    def build(self, before: Before) -> Iterable[Values]:
        """The one row on the whole."""
        settings = self._loaded.ledger.settings
        commit, uncommitted = made_from(self._loaded)
        later = withheld(self._loaded.ledger.hiding, self._today)
        rows = self.predictions(before)
        kept = [row for row in rows if not row["logged_wrongly"]]
        timings = Counter(row["timing"] for row in kept)
        ((articles,),) = before.values("select count(*) from articles")
        row = {
            "id": 1,
            "as_of": self._today.isoformat(),
            "forecastlog": __version__,
            "format": settings.format,
            "convention": DEADLINE_CONVENTION,
            "scale": settings.scale,
            "timezone": settings.timezone,
            "conclusion": self.groups(before).conclusion,
            "title": settings.title,
            "description": settings.description,
            "licence": settings.licence,
            "licence_url": settings.licence_url,
            "language": settings.language,
            "contact": settings.contact,
            "history": self._history,
            "commit": commit,
            "uncommitted": int(uncommitted),
            "withheld": len(later),
            "withheld_until": str(later[0].withheld_until) if later else None,
            "articles": articles,
            "predictions": len(kept),
            "logged_wrongly": len(rows) - len(kept),
            "resolved": sum(row["status"] == "resolved" for row in kept),
            **{timing.replace(" ", "_"): timings[timing] for timing in get_args(Timing)},
            "went": sentences(map(way_of, kept)),
            "digest": before.digest,
        }
        return [BUILD.values(row)]


def _problem_row(root: Path, number: int, problem: Problem) -> Row:
    span = problem.span
    path = Path(span.path) if span else root
    inside = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    row = {column.name: column.stored(problem) for column in PROBLEM}
    return {"id": number, **row, "path": inside.as_posix() if span else None}
