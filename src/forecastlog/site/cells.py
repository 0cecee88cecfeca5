"""Values on Datasette's own tables: shares as percents, outcomes in words, links to people and records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup

from forecastlog.column import Form
from forecastlog.site import wording
from forecastlog.site.links import Links, site_of, web
from forecastlog.site.store import known

RECORDS = {
    "speaker_id": "forecasters",
    "forecaster_id": "forecasters",
    "prediction_id": "predictions",
    "article_id": "articles",
    "condition_id": "conditions",
}
"""Columns of query results that name a record; on table pages Datasette links foreign keys itself."""

QUESTIONS = {"claim", "our_question"}
"""What a query calls the claim, which is ours: where it stands beside a name, it says so."""


def cell(
    datasette: Any, database: str | None, table: str | None, *, column: str, value: object, row: Any
) -> Markup | str | None:
    """How a value is shown; None leaves it to Datasette."""
    if database is None or known(datasette) != database:
        return None
    if isinstance(value, float):
        return _figure(column, value)
    if isinstance(value, str):
        return _text(Links(datasette.urls, database), table, column, value, row)
    return None


def _figure(column: str, value: float) -> str | None:
    form = _forms().get(column)
    if form == "share":
        return wording.percent(value)
    return wording.score(value) if form == "score" else None


@cache
def _forms() -> Mapping[str, Form | None]:
    """How the tables' columns say that their figures are shown, and those that queries give another name."""
    from forecastlog.database.schema import TABLES  # here: Datasette loads this module for every command

    return {column.name: column.form for table in TABLES for column in table.columns} | {"read_as": "share"}


def _text(links: Links, table: str | None, column: str, value: str, row: Any) -> Markup | str | None:
    if column == "outcome":
        return wording.outcome_words(value)
    return _outside(value) if web(value) else _record_link(links, table, column, value, row)


def _record_link(links: Links, table: str | None, column: str, value: str, row: Any) -> Markup | None:
    """A link to the record that a query's column names."""
    if table is None and column in RECORDS:
        return _inside(links.row(RECORDS[column], value), value)
    columns = _columns(row)
    named = table is None and column == "id" and not QUESTIONS.isdisjoint(columns)
    if "id" in columns and (named or column in QUESTIONS):
        kind = "conditions" if "kind" in columns and row["kind"] == "condition" else "predictions"
        return _inside(links.row(kind, row["id"]), value)
    return None


def _columns(row: Any) -> list[str]:
    keys: Callable[[], Any] | None = getattr(row, "keys", None)
    return list(keys()) if keys else []


def _inside(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def _outside(url: str) -> Markup:
    return Markup('<a href="{}" rel="nofollow noopener" title="{}">{}</a>').format(url, url, site_of(url))
